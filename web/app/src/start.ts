// The frame of index.html is painted first; what draws the rest is fetched meanwhile, and run after that. A page that nobody sees has no frames.
import { askAhead } from "./core/ahead.ts";

askAhead(location.hash);
const start = () => void import("./main.tsx");
if (document.visibilityState === "hidden") start();
else requestAnimationFrame(() => setTimeout(start));
