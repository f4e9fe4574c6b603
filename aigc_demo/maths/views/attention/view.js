// Attention in two parts: by hand, computed here as in attention.py, and of a real head, for which
// the value is.

import { mount_stage } from "aigc/maths/views/_shared/stage.js";
import { hand_part } from "aigc/maths/views/attention/hand_part.js";
import { head_part } from "aigc/maths/views/attention/head_part.js";

/** @import { Heads } from "aigc/maths/views/attention/head_part.js" */

/** @param {Given<Heads>} given */
export default function mount(given) {
  const { start, most } = given.props;
  const submit = (text) => given.trigger("submit", { text });
  mount_stage(
    given,
    "attend",
    (stage) => ({
      hand: hand_part(stage),
      real: head_part(stage, { start, most, submit }),
    }),
    { redrawn: true },
  );
}
