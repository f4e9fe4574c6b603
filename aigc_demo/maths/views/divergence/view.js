// KL divergence in five parts: of bars, as a picture of its proof, of Gaussians, as what a fit
// minimises, and between two real models. The first four are computed here, as in divergence.py;
// the value is for the fifth.

import { mount_stage } from "aigc/maths/views/_shared/stage.js";
import { bars_part } from "aigc/maths/views/divergence/bars_part.js";
import { bound_part } from "aigc/maths/views/divergence/bound_part.js";
import { fit_part } from "aigc/maths/views/divergence/fit_part.js";
import { gaussians_part } from "aigc/maths/views/divergence/gaussians_part.js";
import { models_part } from "aigc/maths/views/divergence/models_part.js";

/** @import { Expectations } from "aigc/maths/views/divergence/models_part.js" */

/** @param {Given<Expectations>} given */
export default function mount(given) {
  const { start, longest } = given.props;
  const submit = (text) => given.trigger("submit", { text });
  const pair = { p: [0.45, 0.3, 0.15, 0.1], q: [0.2, 0.25, 0.25, 0.3] };
  mount_stage(given, "divergence", (stage) => ({
    bars: bars_part(stage, pair),
    bound: bound_part(stage, pair),
    gaussians: gaussians_part(stage),
    fit: fit_part(stage),
    models: models_part(stage, { start, longest, submit }),
  }));
}
