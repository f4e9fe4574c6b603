// The minimax game in two parts: the best discriminator, and the Dirac-GAN. All of it is computed
// here, as in minimax.py.

import { mount_stage } from "aigc/maths/views/_shared/stage.js";
import { best_part } from "aigc/maths/views/minimax/best_part.js";
import { dirac_part } from "aigc/maths/views/minimax/dirac_part.js";

/** @param {Given<Record<string, never>>} given Python computes nothing for it */
export default function mount(given) {
  mount_stage(given, "minimax", (stage) => ({ best: best_part(stage), dirac: dirac_part(stage) }), {
    redrawn: true,
  });
}
