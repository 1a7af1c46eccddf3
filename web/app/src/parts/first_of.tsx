// A list of which the first rows are shown, and the others when they are asked for.
import type { ComponentChildren } from "preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { count } from "../core/words.ts";

interface Properties<Row> {
  rows: Row[];
  most: number; // shown at first
  class: string;
  each: (row: Row, number: number) => ComponentChildren; // an <li>
}

export function FirstOf<Row>({ rows, most, class: name, each }: Properties<Row>) {
  const [all, setAll] = useState(false);
  const list = useRef<HTMLUListElement>(null);
  // The button is gone then: who came with the keyboard goes on at the first row that it brought.
  useLayoutEffect(() => {
    if (all) list.current?.children[most]?.querySelector("a")?.focus({ preventScroll: true });
  }, [all]);
  return (
    <>
      <ul ref={list} class={name}>
        {(all ? rows : rows.slice(0, most)).map(each)}
      </ul>
      {!all && rows.length > most && (
        <p>
          <button type="button" class="link" onClick={() => setAll(true)}>
            All {count(rows.length)}
          </button>
        </p>
      )}
    </>
  );
}
