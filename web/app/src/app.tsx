// The frame: search, the views, and what goes wrong in them.
import { Component, type ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { SELECTION, address, formatAddress, go, pick } from "./core/address.ts";
import { apiAddress, awaited, request } from "./core/api.ts";
import type { Suggestions } from "./core/api_types.ts";
import { counted } from "./core/words.ts";
import { type Choice, Combo } from "./parts/combo.tsx";
import { HelpButton } from "./parts/help.tsx";
import { Failed } from "./parts/states.tsx";
import { announcement, failure, loadStore, partyName, setTheme, shortcuts, summary, theme } from "./parts/store.ts";
import { Text } from "./parts/text.tsx";
import { EventsView } from "./views/events.tsx";
import { LedgerView } from "./views/ledger.tsx";
import { NetworkView } from "./views/network.tsx";
import { OverviewView } from "./views/overview.tsx";
import { PasteView } from "./views/paste.tsx";
import { PositionsView } from "./views/positions.tsx";
import { QuotesView } from "./views/quotes.tsx";
import { ReadView } from "./views/read.tsx";
import { RelationshipView } from "./views/relationship.tsx";
import { ReviewView } from "./views/review.tsx";
import { SearchView } from "./views/search.tsx";
import { SourcesView } from "./views/sources.tsx";

type View = () => ComponentChildren;

// `keeps`: the selection goes along when one goes over to this view.
const VIEWS: Record<string, { title: string; view: View; inMenu: boolean; keeps: boolean }> = {
  overview: { title: "Overview", view: OverviewView, inMenu: true, keeps: false },
  relationship: { title: "Relationship", view: RelationshipView, inMenu: true, keeps: true },
  ledger: { title: "Ledger", view: LedgerView, inMenu: true, keeps: true },
  positions: { title: "Positions", view: PositionsView, inMenu: true, keeps: true },
  quotes: { title: "Quotes", view: QuotesView, inMenu: true, keeps: true },
  events: { title: "Events", view: EventsView, inMenu: true, keeps: true },
  network: { title: "Network", view: NetworkView, inMenu: true, keeps: false },
  sources: { title: "Sources", view: SourcesView, inMenu: true, keeps: false },
  review: { title: "Review", view: ReviewView, inMenu: true, keeps: false },
  paste: { title: "Read a text", view: PasteView, inMenu: true, keeps: false },
  read: { title: "Story", view: ReadView, inMenu: false, keeps: false },
  search: { title: "Search", view: SearchView, inMenu: false, keeps: true },
};

class Boundary extends Component<{ children: ComponentChildren }, { problem: Error | null }> {
  override state = { problem: null as Error | null };
  override componentDidCatch(problem: Error) {
    this.setState({ problem });
  }
  render() {
    const { problem } = this.state;
    if (!problem) return this.props.children;
    return (
      <div class="notice bad" role="alert">
        <p>
          <strong>The page failed to show this view.</strong> <bdi>{problem.message}</bdi>
        </p>
        <button type="button" onClick={() => this.setState({ problem: null })}>
          Try again
        </button>
      </div>
    );
  }
}

function SearchField() {
  const { view, parameters } = address.value;
  return (
    <search class="search">
      <Combo
        fieldId="search-field"
        label="Search stories, parties, people, issues"
        hideLabel
        placeholder="Search stories, parties, people, issues"
        value={view === "search" ? (parameters.q ?? "") : ""}
        onEnter={(q) => q && go("search", { q, ...(view === "search" ? pick(parameters, ...SELECTION) : {}) })}
        load={async (text, signal) => {
          if (text.trim().length < 2) return [];
          const found = await request<Suggestions>(apiAddress("suggest", { q: text }), { signal });
          const choices: Choice[] = found.parties.map((party) => ({
            key: `party ${party.party}`,
            label: <Text>{party.name}</Text>,
            group: `party · ${counted(party.stories, "story", "stories")}`,
            choose: () => go("relationship", { of: party.party }),
          }));
          for (const person of found.people)
            choices.push({
              key: `person ${person.ref}`,
              label: <Text>{person.name}</Text>,
              group: person.party ? `person, ${partyName(person.party)}` : "person",
              choose: () => go("quotes", { by: person.name }),
            });
          for (const issue of found.issues) choices.push({ key: `issue ${issue.issue_id}`, label: <Text>{issue.issue}</Text>, group: "issue", choose: () => go("positions", { issue: issue.issue_id }) });
          return choices;
        }}
      />
    </search>
  );
}

export function App() {
  const { view, parameters } = address.value;
  const shown = VIEWS[view];
  const main = useRef<HTMLElement>(null);
  const before = useRef<string | null>(null);

  useEffect(() => {
    document.documentElement.dataset.theme = theme.value;
  }, [theme.value]);
  useEffect(() => {
    document.title = `${shown?.title ?? "Not found"} · dragoman${summary.value ? ` · ${summary.value.store.split("/").pop()}` : ""}`;
  }, [view, summary.value]);
  // Another view is like another page: it begins at its top, and its heading is read out.
  useEffect(() => {
    if (before.current !== null && before.current !== view) {
      if (!parameters.at && !parameters.span) scrollTo(0, 0);
      if (!document.activeElement?.closest("[role=dialog]")) main.current?.focus({ preventScroll: true });
    }
    before.current = view;
  }, [view]);
  // On a narrow page the menu is wider than the page.
  useEffect(() => {
    const chosen = document.querySelector<HTMLElement>("nav [aria-current]");
    const menu = chosen?.closest("ul");
    if (chosen && menu) menu.scrollLeft = chosen.offsetLeft - (menu.clientWidth - chosen.offsetWidth) / 2;
  }, [view]);
  useEffect(() => {
    const key = (event: KeyboardEvent) => {
      if (!shortcuts.value || event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
      if ((event.target as HTMLElement).closest("input, textarea, select, [contenteditable]")) return;
      event.preventDefault();
      document.getElementById("search-field")?.focus();
    };
    addEventListener("keydown", key);
    return () => removeEventListener("keydown", key);
  }, []);

  const kept = pick(parameters, ...SELECTION);
  const Shown = shown?.view;
  return (
    <>
      <a
        class="skip"
        href="#main"
        onClick={(event) => {
          event.preventDefault();
          main.current?.focus();
        }}
      >
        Skip to the content
      </a>
      <header class="bar">
        <div class="top">
          <a class="brand" href={formatAddress("overview")}>
            dragoman
          </a>
          <SearchField />
          <label class="theme">
            <span class="unseen">Colours</span>
            <select value={theme.value} onChange={(event) => setTheme(event.currentTarget.value as "auto")}>
              <option value="auto">Auto colours</option>
              <option value="light">Light</option>
              <option value="dark">Dark</option>
            </select>
          </label>
          <HelpButton />
        </div>
        <nav aria-label="Views">
          <ul>
            {Object.entries(VIEWS)
              .filter(([, it]) => it.inMenu)
              .map(([name, it]) => (
                <li key={name}>
                  <a href={formatAddress(name, it.keeps ? kept : {})} aria-current={name === view ? "page" : undefined}>
                    {it.title}
                  </a>
                </li>
              ))}
          </ul>
        </nav>
      </header>
      <main id="main" ref={main} tabIndex={-1} class={`view-${view}`} aria-busy={awaited.value > 0}>
        {failure.value && <Failed error={failure.value} retry={() => void loadStore()} />}
        <Boundary key={view}>
          {Shown ? (
            <Shown />
          ) : (
            <div class="notice">
              <h1 tabIndex={-1}>No such view</h1>
              <p>
                There is nothing at this address. <a href={formatAddress("overview")}>To the overview</a>
              </p>
            </div>
          )}
        </Boundary>
      </main>
      <div class={announcement.value ? "toast shown" : "toast"} role="status">
        {announcement.value}
      </div>
    </>
  );
}
