// What is measured of a family of digits, as it is written: a number, or null where there is none.

/** @import { Family } from "aigc/gan/views/families/view.js" */
/** @typedef {(value: number, digits: number) => string} Written */

/** @type {Record<string, (family: Family, written: Written) => string | number | null>} */
const FIGURES = {
  time: ({ milliseconds }, written) => `${written(milliseconds, 2)} ms`,
  read: ({ right }) => (right === null ? null : `${Math.round(100 * right)} %`),
  certainty: ({ certainty }, written) => `${written(100 * certainty, 1)} %`,
  grey: ({ grey }, written) => `${written(100 * grey, 1)} %`,
  diversity: ({ diversity }, written) => (diversity === null ? null : written(diversity, 1)),
  apart: ({ apart }, written) => (apart === null ? null : written(apart, 1)),
  fid: ({ fid }) => fid ?? null,
  likelihood: ({ likelihood }, written) => (likelihood ? `≤ ${written(likelihood, 1)} nats` : null),
  weights: ({ weights }, written) => (weights ? `${written(weights / 1e6, 2)} M` : null),
};

/**
 * The rows of the table: a figure's key and what it is of each family; without a row of nothing.
 * @param {Family[]} families
 * @param {Written} written
 * @returns {{ key: string, cells: (string | number)[] }[]}
 */
export function figure_rows(families, written) {
  return Object.entries(FIGURES)
    .map(([key, of]) => ({ key, cells: families.map((family) => of(family, written)) }))
    .filter(({ cells }) => cells.some((cell) => cell !== null))
    .map(({ key, cells }) => ({ key, cells: cells.map((cell) => cell ?? "–") }));
}
