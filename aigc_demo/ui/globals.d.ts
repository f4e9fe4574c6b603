// What head.js puts into the page for all scripts, and what Gradio gives to the script of a drawing.

/** A text in both languages; the page shows one. */
type Both = { en: string; zh: string };

/** Texts by the last part of their key, as language.words returns them. */
type Words = Record<string, Both>;

type Values = Record<string, string | number>;
type Child = string | number | Node;
type Svg = Pick<SVGElementTagNameMap, "svg" | "g" | "line" | "path" | "polyline">;

/** A point of a plane, or of a canvas in its pixels. */
type Point = [number, number];

interface Make {
  <K extends keyof Svg>(tag: K, attributes?: Record<string, unknown>, ...children: Child[]): Svg[K];
  <K extends keyof HTMLElementTagNameMap>(
    tag: K,
    attributes?: Record<string, unknown>,
    ...children: Child[]
  ): HTMLElementTagNameMap[K];
}

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
  make: Make;
  visible(text: string): string;
  still(): boolean;
  number(value: number, digits: number): string;
  /** Starts the guided tour, now or when its script is there. */
  tour(): void;
  wants_tour: boolean;
  /** The box of a drawing, by a selector of what holds it, once its script has drawn. */
  drawn(place: string): Promise<Element>;
}

// biome-ignore lint/suspicious/noExplicitAny: each drawing says itself what Python gives it
type FromPython = any;

/** What Gradio gives to the script of a drawing. */
interface Given<Value = FromPython> {
  element: HTMLElement;
  /** Its value, which may be set, its texts, and what else Python gave it. */
  props: { value: Value | null; words: Words; [name: string]: FromPython };
  trigger(event: string, data?: unknown): void;
  /** The drawing's server functions, by their names. */
  server: Record<string, (...given: FromPython[]) => Promise<FromPython>>;
  upload: unknown;
  watch(name: string | string[], then: () => void): void;
}

interface Window {
  aigc: Aigc;
  /** The page's description, as Gradio writes it into the page. */
  gradio_config: {
    components: { type: string; props: Record<string, FromPython> }[];
    css: string;
    i18n_translations: Record<string, Record<string, string>>;
    theme_hash: string;
  };
}

/** What the glossary tells: glossary.py's module() makes it. */
declare module "aigc/glossary-data.js" {
  const data: {
    words: Words;
    families: Record<string, Both>;
    places: Record<string, Both>;
    terms: import("aigc/ui/glossary_terms.js").Term[];
    patterns: { en: string; zh: string };
  };
  export default data;
}
