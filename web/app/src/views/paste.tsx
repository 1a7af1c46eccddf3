// A text of one's own, read on the spot. It goes to the engine on this machine and is not stored.
import { signal } from "@preact/signals";
import { useId, useRef, useState } from "preact/hooks";
import { formatAddress } from "../core/address.ts";
import { ApiError, apiAddress, request } from "../core/api.ts";
import type { Story } from "../core/api_types.ts";
import { pairsOf } from "../core/offsets.ts";
import { count } from "../core/words.ts";
import { Failed } from "../parts/states.tsx";
import { summary } from "../parts/store.ts";
import { StoryPage } from "./read.tsx";

const result = signal<Story | null>(null); // kept while one looks at other views
const draft = signal("");

export function PasteView() {
  const id = useId();
  const [published, setPublished] = useState("");
  const [html, setHtml] = useState(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<ApiError | null>(null);
  const file = useRef<HTMLInputElement>(null);
  const most = summary.value?.limits.read_bytes ?? 1_000_000;
  const bytes = new TextEncoder().encode(draft.value).length;

  const read = async () => {
    setBusy(true);
    setError(null);
    try {
      const story = await request<Story>(apiAddress("read", { published }), {
        method: "POST",
        headers: { "Content-Type": html ? "text/html" : "text/plain" },
        body: draft.value,
      });
      result.value = { ...story, doc: null, utf16: story.utf16 ?? pairsOf(story.reading.document.text ?? "") };
      scrollTo(0, 0);
    } catch (problem) {
      setError(problem instanceof ApiError ? problem : new ApiError(0, "failed", String(problem)));
    }
    setBusy(false);
  };
  const take = async (chosen: File | undefined) => {
    if (!chosen) return;
    if (chosen.size > most) {
      setError(new ApiError(413, "over_limit", `${chosen.name} has ${count(chosen.size)} bytes; at most ${count(most)} are read here. dragoman read takes any size.`));
      return;
    }
    draft.value = await chosen.text();
    setHtml(/html?$/i.test(chosen.type || chosen.name));
  };

  if (summary.value && !summary.value.read) {
    return (
      <div class="notice">
        <h1 tabIndex={-1}>Read a text</h1>
        <p>This server was started without the engine, so it reads no new text. <code>dragoman read FILE</code> does.</p>
      </div>
    );
  }
  if (result.value) {
    return (
      <>
        <p class="notice slim">
          Read just now. Nothing was stored, and this page has no address to share.{" "}
          <button type="button" class="link" onClick={() => ((result.value = null), history.replaceState(null, "", formatAddress("paste")))}>
            Read another text
          </button>
        </p>
        <StoryPage story={result.value} />
      </>
    );
  }
  return (
    <form
      class="paste"
      onSubmit={(event) => {
        event.preventDefault();
        void read();
      }}
      onDragOver={(event) => event.preventDefault()}
      onDrop={(event) => {
        event.preventDefault();
        void take(event.dataTransfer?.files[0]);
      }}
    >
      <h1 tabIndex={-1}>Read a text</h1>
      <p class="lead">Paste a story, or drop a file. It is read by the engine on this machine; nothing is stored.</p>
      <label for={`${id}-text`}>Story</label>
      <textarea id={`${id}-text`} dir="auto" rows={14} value={draft.value} onInput={(event) => (draft.value = event.currentTarget.value)} />
      <div class="fields">
        <div class="field">
          <label for={`${id}-day`}>Published on</label>
          <input id={`${id}-day`} type="date" value={published} aria-describedby={`${id}-why`} onInput={(event) => setPublished(event.currentTarget.value)} />
        </div>
        <label class="check">
          <input type="checkbox" checked={html} onChange={(event) => setHtml(event.currentTarget.checked)} /> it is a page (HTML)
        </label>
        <div class="field">
          <label for={`${id}-file`}>From a file</label>
          <input id={`${id}-file`} ref={file} type="file" accept=".txt,.html,.htm,text/plain,text/html" onChange={(event) => void take(event.currentTarget.files?.[0])} />
        </div>
      </div>
      <p id={`${id}-why`} class="quiet small">
        With a day of publication, “on Sunday” and “last week” become dates.
      </p>
      {error && <Failed error={error} retry={() => void read()} />}
      <p>
        <button type="submit" class="main" disabled={busy || draft.value.trim() === "" || bytes > most}>
          {busy ? "Reading …" : "Read"}
        </button>{" "}
        <span class="quiet number">
          {count(bytes)} of {count(most)} bytes
        </span>
      </p>
    </form>
  );
}
