// The first run of a task with a model: its button is pressed by itself, so that its stage is not
// empty.

const BY_THEMSELVES = ["write", "next", "surprise", "fill"];

/** By task, the model with which it was last run by itself. @type {Record<string, string>} */
const models = {};

/**
 * Press a task's button, once its drawing can show the result, where this is the first time with
 * this model.
 * @param {string | null} task
 * @param {string} model its name on the Hub; "" until one is picked
 */
export async function first_run(task, model) {
  if (!model || !BY_THEMSELVES.includes(task) || models[task] === model) return;
  models[task] = model;
  await window.aigc.drawn(`#hub-${task}`);
  if (models[task] !== model) return; // another was picked meanwhile
  /** @type {HTMLElement} */ (document.querySelector(`#hub-${task}-run`)).click();
}
