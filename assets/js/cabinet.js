// What native elements need and a round trip to the server would only slow down: all modules, in the order in which they
// hear an event. Joined into /cabinet.js, which is loaded before the page is painted (components/head.py); no eval, no
// inline code, so that the content security policy stays strict.
// Contract: none; each module states its own.
import "./language.js";
import "./print.js";
import "./copy.js";
import "./template.js";
import "./password.js";
import "./passkey.js";
import "./menu.js";
import "./refused.js";
import "./once.js";
import "./kept.js";
import "./filter.js";
import "./attachment.js";
import "./drop.js";
import "./draft.js";
import "./seen.js";
import "./used.js";
import "./toast.js";
import "./dialog.js";
import "./unread.js";
import "./tabs.js";
import "./grid.js";
import "./sent_file.js";
import "./hotkey.js";
import "./version.js";
import "./beat.js";
import "./finder.js";
