// Printing the page.
// Contract: [data-print], pressed.
import { onPress } from "./press.js";

onPress("[data-print]", () => print());
