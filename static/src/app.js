// What every signed-in page does beyond links and forms. All of it is a convenience: without it the
// pages still work. Menus are <details> and popovers, dialogs are <dialog>, so no library is needed.
import './scripts/copy.js';
import './scripts/error_summary.js';
import './scripts/messages.js';
import './scripts/wait_for_saves.js';
import './scripts/submit_once.js';
import './scripts/theme_switch.js';
import './scripts/lock.js';
import './scripts/passkey.js';
import './scripts/passkey_proof.js';
import './scripts/print.js';
import './scripts/wizard.js';
import './scripts/one_key.js';
import './scripts/entry_grid.js';
import './scripts/month.js';
import './scripts/board.js';
import './scripts/worklist.js';
