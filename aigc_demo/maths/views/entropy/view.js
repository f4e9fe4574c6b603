// Cross-entropy in three parts: of two classes, of several, and of a real model's next character.
// The first two are computed here, as in entropy.py; the value is for the third.

import { mount_stage } from "aigc/maths/views/_shared/stage.js";
import { binary_part } from "aigc/maths/views/entropy/binary_part.js";
import { classes_part } from "aigc/maths/views/entropy/classes_part.js";
import { expectation_part } from "aigc/maths/views/entropy/model_part.js";

/** @import { Prediction } from "aigc/maths/views/entropy/model_part.js" */

/** @param {Given<Prediction>} given */
export default function mount(given) {
  const { start, longest } = given.props;
  const submit = (text) => given.trigger("submit", { text });
  mount_stage(given, "entropy", (stage) => ({
    binary: binary_part(stage),
    several: classes_part(stage),
    real: expectation_part(stage, { start, longest, submit }),
  }));
}
