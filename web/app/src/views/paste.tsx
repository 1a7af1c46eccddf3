// A text of one's own, read on the spot. It goes to the engine on this machine, and into the store only if one asks for that.
import { signal } from "@preact/signals";
import { useId, useState } from "preact/hooks";
import { formatAddress, go } from "../core/address.ts";
import { ApiError, apiAddress, forgetAnswers, request } from "../core/api.ts";
import type { Added, Story } from "../core/api_types.ts";
import { pairsOf } from "../core/offsets.ts";
import { count } from "../core/words.ts";
import { Failed } from "../parts/states.tsx";
import { announce, loadStore, summary } from "../parts/store.ts";
import { StoryPage } from "./read.tsx";

interface Draft {
  text: string;
  html: boolean;
  published: string;
  title: string;
  outlet: string;
  url: string;
}

const EMPTY: Draft = { text: "", html: false, published: "", title: "", outlet: "", url: "" };
const draft = signal(EMPTY); // kept while one looks at other views
const result = signal<Story | null>(null);

function post<Answer>(path: string, headers: Record<string, string> = {}): Promise<Answer> {
  const { text, html, ...about } = draft.value;
  return request<Answer>(apiAddress(path, about), { method: "POST", headers: { "Content-Type": html ? "text/html" : "text/plain", ...headers }, body: text });
}

const errorOf = (problem: unknown) => (problem instanceof ApiError ? problem : new ApiError(0, "failed", String(problem)));

export function PasteView() {
  if (summary.value && !summary.value.read) {
    return (
      <div class="notice">
        <h1 tabIndex={-1}>Read a text</h1>
        <p>This server was started without the engine, so it reads no new text. <code>dragoman read FILE</code> does.</p>
      </div>
    );
  }
  return result.value ? <ReadJustNow story={result.value} /> : <PasteForm />;
}

function ReadJustNow({ story }: { story: Story }) {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<ApiError | null>(null);
  const right = summary.value?.add ?? null;
  const add = async () => {
    setBusy(true);
    setError(null);
    try {
      const added = await post<Added>("add", { [right!.header]: right!.token });
      forgetAnswers();
      void loadStore();
      draft.value = EMPTY;
      result.value = null;
      announce(added.there ? "It was in the store already." : "Added to the store.");
      go("read", { doc: String(added.doc) });
    } catch (problem) {
      setError(errorOf(problem));
      setBusy(false);
    }
  };
  return (
    <>
      <p class="notice slim">
        Read just now. Nothing was stored, and this page has no address to share.{" "}
        {right && (
          <>
            <button type="button" class="link" disabled={busy} onClick={() => void add()}>
              {busy ? "Adding …" : "Add it to the store"}
            </button>
            {" · "}
          </>
        )}
        <button type="button" class="link" onClick={() => ((result.value = null), history.replaceState(null, "", formatAddress("paste")))}>
          Read another text
        </button>
      </p>
      {error && <Failed error={error} retry={() => void add()} />}
      <StoryPage story={story} />
    </>
  );
}

function PasteForm() {
  const id = useId();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<ApiError | null>(null);
  const most = summary.value?.limits.read_bytes ?? 1_000_000;
  const { text, html } = draft.value;
  const bytes = new TextEncoder().encode(text).length;
  const set = (part: Partial<Draft>) => (draft.value = { ...draft.value, ...part });

  const read = async () => {
    setBusy(true);
    setError(null);
    try {
      const story = await post<Story>("read");
      result.value = { ...story, doc: null, utf16: story.utf16 ?? pairsOf(story.reading.document.text ?? "") };
      scrollTo(0, 0);
    } catch (problem) {
      setError(errorOf(problem));
    }
    setBusy(false);
  };
  const take = async (chosen: File | undefined) => {
    if (!chosen) return;
    if (chosen.size > most) {
      setError(new ApiError(413, "over_limit", `${chosen.name} has ${count(chosen.size)} bytes; at most ${count(most)} are read here. dragoman read takes any size.`));
      return;
    }
    set({ text: await chosen.text(), html: /html?$/i.test(chosen.type || chosen.name) });
  };
  const field = (name: "title" | "outlet" | "url", label: string) => (
    <div class="field">
      <label for={`${id}-${name}`}>{label}</label>
      <input id={`${id}-${name}`} type="text" dir="auto" value={draft.value[name]} onInput={(event) => set({ [name]: event.currentTarget.value })} />
    </div>
  );
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
      <p class="lead">
        Paste a story, or drop a file. It is read by the engine on this machine; {summary.value?.add ? "it is stored only if you then say so." : "nothing is stored."}
      </p>
      <label for={`${id}-text`}>Story</label>
      <textarea id={`${id}-text`} dir="auto" rows={14} value={text} onInput={(event) => set({ text: event.currentTarget.value })} />
      <div class="fields">
        <div class="field">
          <label for={`${id}-file`}>From a file</label>
          <input id={`${id}-file`} type="file" accept=".txt,.html,.htm,text/plain,text/html" onChange={(event) => void take(event.currentTarget.files?.[0])} />
        </div>
        <label class="check">
          <input type="checkbox" checked={html} onChange={(event) => set({ html: event.currentTarget.checked })} /> it is a page (HTML)
        </label>
      </div>
      <div class="fields" role="group" aria-label="About the story">
        <div class="field">
          <label for={`${id}-day`}>Published on</label>
          <input id={`${id}-day`} type="date" value={draft.value.published} aria-describedby={`${id}-why`} onInput={(event) => set({ published: event.currentTarget.value })} />
        </div>
        {field("outlet", "Outlet")}
        {field("title", "Title")}
        {field("url", "Web address")}
      </div>
      <p id={`${id}-why`} class="quiet small">
        All of these may stay empty. With a day of publication, “on Sunday” and “last week” become dates.
      </p>
      {error && <Failed error={error} retry={() => void read()} />}
      <p>
        <button type="submit" class="main" disabled={busy || text.trim() === "" || bytes > most}>
          {busy ? "Reading …" : "Read"}
        </button>{" "}
        <span class="quiet number">
          {count(bytes)} of {count(most)} bytes
        </span>
      </p>
    </form>
  );
}
