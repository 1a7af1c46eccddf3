// What a reader should look at first, and what was decided. Deciding needs dragoman serve --allow-review.
import { signal } from "@preact/signals";
import { useState } from "preact/hooks";
import { address, pick } from "../core/address.ts";
import { forgetAnswers, request, usePages } from "../core/api.ts";
import type { ReviewDone, ReviewRow, WriteRight } from "../core/api_types.ts";
import { Ways } from "../parts/filters.tsx";
import { RowTable } from "../parts/row_table.tsx";
import { SourceLine } from "../parts/source_line.tsx";
import { announce, keep, kept, summary } from "../parts/store.ts";
import { Text } from "../parts/text.tsx";

const WHY: Record<string, [tag: string, words: string]> = {
  contradicted: ["disputed", "stories contradict each other"],
  overdue: ["overdue", "the deadline has passed"],
  changed: ["changed", "a stance that turned"],
};

const reviewer = signal(kept<string>("dragoman.reviewer", ""));

// What was decided on this page, so that rows show it at once.
const decided = signal(new Map<string, string>());

export function ReviewView() {
  const { parameters } = address.value;
  const why = parameters.why;
  return (
    <>
      <h1 tabIndex={-1}>Review</h1>
      <p class="lead">Where a reader’s eye is worth most: disputes, missed deadlines, stances that turned.</p>
      <Ways label="Which" name="why" ways={[["", "All"], ...Object.entries(WHY).map(([key, [tag]]): [string, string] => [key, tag]), ["log", "What was decided"]]} />
      {!summary.value?.review && (
        <p class="quiet small">
          Read-only. Start <code>dragoman serve --allow-review</code> to accept and reject here, or use <code>dragoman review</code>.
        </p>
      )}
      {summary.value?.review && (
        <div class="fields">
          <div class="field">
            <label for="reviewer">Your name, kept with each verdict</label>
            <input id="reviewer" type="text" dir="auto" value={reviewer.value} placeholder="reader" onInput={(event) => keep("dragoman.reviewer", (reviewer.value = event.currentTarget.value))} />
          </div>
        </div>
      )}
      {why === "log" ? <Log /> : <Queue key={why ?? ""} />}
    </>
  );
}

function Queue() {
  const pages = usePages<ReviewRow>("review", pick(address.value.parameters, "why"));
  const may = summary.value?.review ?? null;
  return (
    <RowTable
      label="To review"
      one="row"
      layout="review-table"
      pages={pages}
      rowKey={(row) => `${row.why} ${row.id}`}
      empty={<p>Nothing waits for review here.</p>}
      columns={[
        {
          head: "Why",
          cell: (row) => (
            <span class="tag" title={WHY[row.why]?.[1]}>
              {WHY[row.why]?.[0] ?? row.why}
            </span>
          ),
        },
        {
          head: "What",
          class: "grow",
          cell: (row) => (
            <>
              <span class="title nobold">
                <Text>{row.what}</Text>
              </span>
              <SourceLine source={row.source} />
            </>
          ),
        },
        {
          head: "Verdict",
          cell: (row) => {
            const verdict = decided.value.get(row.id) ?? row.verdict;
            return (
              <>
                {verdict ? <span class="tag">{verdict}</span> : <span class="quiet">none yet</span>}
                {may && <Decide id={row.id} review={may} />}
              </>
            );
          },
        },
      ]}
    />
  );
}

function Decide({ id, review }: { id: string; review: WriteRight }) {
  const [busy, setBusy] = useState(false);
  const say = async (verdict: "accept" | "reject") => {
    setBusy(true);
    try {
      const answer = await request<{ done: string }>("/api/review", {
        method: "POST",
        headers: { "Content-Type": "application/json", [review.header]: review.token },
        body: JSON.stringify({ id, verdict, note: "", reviewer: reviewer.value.trim() || "reader" }),
      });
      decided.value = new Map(decided.value).set(id, verdict);
      forgetAnswers();
      announce(answer.done);
    } catch (problem) {
      announce(`Not recorded: ${problem instanceof Error ? problem.message : String(problem)}`);
    }
    setBusy(false);
  };
  return (
    <span class="detail">
      <button type="button" disabled={busy} onClick={() => void say("accept")}>
        Accept
      </button>{" "}
      <button type="button" disabled={busy} onClick={() => void say("reject")}>
        Reject
      </button>
    </span>
  );
}

function Log() {
  const pages = usePages<ReviewDone>("review/log", {});
  return (
    <RowTable
      label="Decisions"
      one="decision"
      layout="log-table"
      pages={pages}
      rowKey={(row) => String(row.number)}
      empty={<p>No one has decided anything yet.</p>}
      columns={[
        { head: "At", cell: (row) => <span class="number">{row.at.replace("T", " ").replace("Z", "")}</span> },
        { head: "Verdict", cell: (row) => <span class="tag">{row.verdict}</span> },
        { head: "What", class: "grow", cell: (row) => <Text class="break">{row.note ? `${row.id}: ${row.note}` : row.id}</Text> },
        { head: "Who", cell: (row) => <Text>{row.reviewer}</Text> },
      ]}
    />
  );
}
