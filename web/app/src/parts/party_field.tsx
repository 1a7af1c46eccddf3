import { apiAddress, request } from "../core/api.ts";
import type { Page, Party } from "../core/api_types.ts";
import { counted, plain } from "../core/words.ts";
import { Combo } from "./combo.tsx";
import { partyName } from "./store.ts";
import { Text } from "./text.tsx";

/** Chooses one party: a state, or an organisation that belongs to none. `party` is its code, "" for none. */
export function PartyField({ label, party, onChoose }: { label: string; party: string; onChoose: (party: string) => void }) {
  return (
    <Combo
      label={label}
      placeholder="any"
      value={party ? partyName(party) : ""}
      onClear={() => onChoose("")}
      load={async (text, signal) => {
        const page = await request<Page<Party>>(apiAddress("parties", { q: text, limit: 12 }), { signal });
        return page.rows.map((row) => ({
          key: row.party,
          label: <Text>{row.name}</Text>,
          group: `${row.kind === "state" ? row.party : plain(row.kind)} · ${counted(row.stories, "story", "stories")}`,
          choose: () => onChoose(row.party),
        }));
      }}
    />
  );
}
