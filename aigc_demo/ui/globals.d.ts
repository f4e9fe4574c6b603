// What head.js puts into the page for all scripts, and what Gradio gives to the script of a drawing.

/** A text in both languages; the page shows one. */
type Both = { en: string; zh: string };

/** Texts by the last part of their key, as language.words returns them. */
type Words = Record<string, Both>;

type Values = Record<string, string | number>;
type Child = string | number | Node;
type Svg = Pick<SVGElementTagNameMap, "svg" | "g" | "line" | "path" | "polyline">;

interface Aigc {
  language: "en" | "zh";
  words: Words;
  glossary: { open(): Promise<void>; arrive(): Promise<void> };
  /** A text in the page's language, its {fields} filled with `values`. */
  say(text: Both | string | null | undefined, values?: Values): string;
  speak(language: string): void;
  asked(key: string): string | null;
  address(key: string, value: string | number | null): void;
  enter(tab: string, view: string | null, options?: Record<string, unknown>): void;
  place(): { tab: string; view: string | null };
  has(tab: string | null): boolean;
  shown(element: Element): boolean;
  resized(element: Element, then: () => void): () => void;
  open(): void;
  settle(): void;
  seen(element: Element, then: () => void): void;
  visit(place: string, options?: Record<string, unknown>): void;
  shade(): void;
  make<K extends keyof Svg>(
    tag: K,
    attributes?: Record<string, unknown>,
    ...children: Child[]
  ): Svg[K];
  make<K extends keyof HTMLElementTagNameMap>(
    tag: K,
    attributes?: Record<string, unknown>,
    ...children: Child[]
  ): HTMLElementTagNameMap[K];
  visible(text: string): string;
  still(): boolean;
  number(value: number, digits: number): string;
}

/** What Gradio gives to the script of a drawing. */
interface Given<Value = any> {
  element: HTMLElement;
  /** Its value, which may be set, its texts, and what else Python gave it. */
  props: { value: Value | null; words: Words; [name: string]: any };
  trigger(event: string, data?: unknown): void;
  /** The drawing's server functions, by their names. */
  server: Record<string, (...args: any[]) => Promise<any>>;
  upload: unknown;
  watch(name: string | string[], then: () => void): void;
}

interface Window {
  aigc: Aigc;
  gradio_config: any;
}

declare module "aigc/glossary-data.js" {
  const data: any;
  export default data;
}
