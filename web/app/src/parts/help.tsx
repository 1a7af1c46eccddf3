import { useEffect, useRef } from "preact/hooks";
import { setShortcuts, shortcuts, summary } from "./store.ts";

const KEYS: [keys: string[], words: string][] = [
  [["/"], "to the search field"],
  [["j"], "in a story: the next finding"],
  [["k"], "the one before"],
  [["1", "–", "5"], "show or hide names, statements, events, undertakings, positions"],
  [["c"], "copy the chosen finding as a citation"],
  [["Esc"], "let go of it; close a panel"],
  [["?"], "this page"],
];

export function HelpButton() {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const key = (event: KeyboardEvent) => {
      if (!shortcuts.value || event.key !== "?" || (event.target as HTMLElement).closest("input, textarea, select")) return;
      event.preventDefault();
      dialog.current?.showModal();
    };
    addEventListener("keydown", key);
    return () => removeEventListener("keydown", key);
  }, []);
  const engine = summary.value?.engines[0];
  return (
    <>
      <button type="button" class="help" aria-label="Keys and signs" onClick={() => dialog.current?.showModal()}>
        ?
      </button>
      <dialog ref={dialog} aria-labelledby="help-title">
        <button type="button" class="close" aria-label="Close" onClick={() => dialog.current?.close()}>
          ×
        </button>
        <h2 id="help-title">Keys and signs</h2>
        <dl class="keys">
          {KEYS.map(([keys, words]) => (
            <div key={words}>
              <dt>{keys.map((key) => (key === "–" ? "–" : <kbd key={key}>{key}</kbd>))}</dt>
              <dd>{words}</dd>
            </div>
          ))}
        </dl>
        <label class="check">
          <input type="checkbox" checked={shortcuts.value} onChange={(event) => setShortcuts(event.currentTarget.checked)} /> single keys on
        </label>
        <p class="small">
          <span class="tag claimed">according to</span> stands where the outlet only reports that somebody says so. Small boxed letters such as <span class="control">RLO</span> stand for
          characters of a story that show nothing themselves but turn the direction of what follows.
        </p>
        <p class="small quiet">
          The map’s outlines are Natural Earth’s. Nothing on this page was fetched from elsewhere, and nothing is sent. <a href="/licences.txt">Licences</a> of what it is made with.
          {summary.value && <> dragoman {summary.value.version}.</>}
          {engine && (
            <>
              {" "}
              The stories were read with model <code>{engine.model.slice(0, 12)}</code>, knowledge <code>{engine.knowledge.slice(0, 12)}</code>.
            </>
          )}
        </p>
      </dialog>
    </>
  );
}
