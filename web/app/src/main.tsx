import { render } from "preact";
import { App } from "./app.tsx";
import { followAddress } from "./core/address.ts";
import { loadStore } from "./parts/store.ts";

followAddress();
void loadStore(); // its answers come while the page is drawn
const place = document.getElementById("app")!;
place.replaceChildren(); // what the page showed until now
render(<App />, place);
