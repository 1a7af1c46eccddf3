// A table of any length: only the rows in sight are elements. More pages are asked for as the reader comes near the end.
import { Virtualizer, observeWindowOffset, observeWindowRect, windowScroll } from "@tanstack/virtual-core";
import { signal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { useLayoutEffect, useReducer, useRef } from "preact/hooks";
import type { Pages } from "../core/api.ts";
import { count, counted } from "../core/words.ts";
import { Empty, Failed, Loading } from "./states.tsx";

export interface Column<Row> {
  head: string;
  cell: (row: Row) => ComponentChildren;
  class?: string;
}

// On paper every row that was loaded is there.
const printing = signal(false);
addEventListener("beforeprint", () => (printing.value = true));
addEventListener("afterprint", () => (printing.value = false));

interface Properties<Row> {
  label: string; // what the rows are: "Events"
  one: string; // "event"
  many?: string;
  layout: string; // class that sets the columns' widths
  columns: Column<Row>[];
  pages: Pages<Row>;
  rowKey: (row: Row) => string;
  empty: ComponentChildren;
  chosen?: (row: Row) => boolean;
}

export function RowTable<Row>({ label, one, many, layout, columns, pages, rowKey, empty, chosen }: Properties<Row>) {
  const body = useRef<HTMLDivElement>(null);
  const [, redraw] = useReducer((n: number) => n + 1, 0);
  const virtual = useRef<Virtualizer<Window, HTMLElement> | undefined>(undefined);
  const margin = useRef(0);
  const options = {
    count: pages.rows.length,
    getScrollElement: () => window,
    estimateSize: () => 92,
    overscan: 8,
    initialOffset: () => window.scrollY,
    scrollMargin: margin.current,
    getItemKey: (index: number) => (pages.rows[index] ? rowKey(pages.rows[index]) : index),
    observeElementRect: observeWindowRect,
    observeElementOffset: observeWindowOffset,
    scrollToFn: windowScroll,
    onChange: () => redraw(undefined),
  };
  if (!virtual.current) virtual.current = new Virtualizer<Window, HTMLElement>(options);
  virtual.current.setOptions({ ...virtual.current.options, ...options });
  useLayoutEffect(() => virtual.current!._didMount(), []);
  useLayoutEffect(() => {
    const top = body.current ? Math.round(body.current.getBoundingClientRect().top + window.scrollY) : 0;
    if (top !== margin.current) {
      margin.current = top;
      redraw(undefined);
    }
    virtual.current!._willUpdate();
  });

  const items = printing.value ? [] : virtual.current.getVirtualItems();
  const last = items.at(-1)?.index ?? -1;
  useLayoutEffect(() => {
    if (!pages.done && !pages.loading && !pages.error && last >= pages.rows.length - 12) pages.more();
  });

  if (pages.rows.length === 0) {
    if (pages.error) return <Failed error={pages.error} retry={pages.retry} />;
    if (pages.loading || !pages.done) return <Loading what={many ?? `${one}s`} />;
    return <Empty>{empty}</Empty>;
  }
  const row = (index: number, place?: { start: number }) => {
    const it = pages.rows[index]!;
    return (
      <div
        key={rowKey(it)}
        class={`row ${chosen?.(it) ? "is-chosen" : ""}`}
        role="row"
        aria-rowindex={index + 2}
        data-index={index}
        ref={place ? (element) => virtual.current!.measureElement(element) : undefined}
        style={place ? { transform: `translateY(${place.start - margin.current}px)` } : undefined}
      >
        {columns.map((column) => (
          <div key={column.head} role="cell" class={`cell ${column.class ?? ""}`} data-head={column.head}>
            <div class="value">{column.cell(it)}</div>
          </div>
        ))}
      </div>
    );
  };
  const shown = pages.total ?? (pages.done ? pages.rows.length : null);
  return (
    <>
      <p class="how-many" role="status">
        {shown === null ? `${count(pages.rows.length)} ${many ?? `${one}s`} so far; more below` : counted(shown, one, many)}
      </p>
      <div class={`table ${layout}`} role="table" aria-label={label} aria-rowcount={shown === null ? -1 : shown + 1}>
        <div role="rowgroup" class="head">
          <div role="row" class="row" aria-rowindex={1}>
            {columns.map((column) => (
              <div key={column.head} role="columnheader" class={`cell ${column.class ?? ""}`}>
                {column.head}
              </div>
            ))}
          </div>
        </div>
        <div ref={body} role="rowgroup" class={printing.value ? "body" : "body virtual"} style={printing.value ? undefined : { height: `${virtual.current.getTotalSize()}px` }}>
          {printing.value ? pages.rows.map((_, index) => row(index)) : items.map((item) => row(item.index, item))}
        </div>
      </div>
      {pages.error && <Failed error={pages.error} retry={pages.retry} />}
      {!pages.error && pages.loading && <p class="loading" role="status">More …</p>}
    </>
  );
}
