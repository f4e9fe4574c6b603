// Noise in three parts: how a diffusion adds it, how fast by which schedule, and a VAE's bound. All
// of it is computed here, as in noise.py.

import { mount_stage } from "aigc/maths/views/_shared/stage.js";
import { elbo_part } from "aigc/maths/views/noise/elbo_part.js";
import { forward_part } from "aigc/maths/views/noise/forward_part.js";
import { schedules_part } from "aigc/maths/views/noise/schedules_part.js";

/** @import { Time } from "aigc/maths/views/noise/forward_part.js" */

/** @param {Given<Record<string, never>>} given Python computes nothing for it */
export default function mount(given) {
  /** @type {Time} */
  const time = { t: 250, schedule: "linear" };
  mount_stage(given, "noisy", (stage) => ({
    leap: forward_part(stage, time),
    schedules: schedules_part(stage, time),
    elbo: elbo_part(stage),
  }));
}
