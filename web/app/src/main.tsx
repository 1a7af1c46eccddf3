import { render } from "preact";
render(<p>dragoman</p>, document.getElementById("app")!);
