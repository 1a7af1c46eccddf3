import { render } from "preact";
import { App } from "./app.tsx";
import { followAddress } from "./core/address.ts";
import { loadStore } from "./parts/store.ts";

followAddress();
render(<App />, document.getElementById("app")!);
void loadStore();
