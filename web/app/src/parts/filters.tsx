// What is shown, and what narrows it. Every filter is part of the address.
import type { ComponentChildren } from "preact";
import { useId, useState } from "preact/hooks";
import { SELECTION, address, change } from "../core/address.ts";
import { PartyField } from "./party_field.tsx";
import { outlets } from "./store.ts";

/** Names of filters beyond those that all lists share; `children` are their fields. */
export function Filters({ more = [], children, without = [] }: { more?: string[]; children?: ComponentChildren; without?: string[] }) {
  const { parameters } = address.value;
  const names = [...SELECTION, ...more].filter((name) => !without.includes(name));
  const used = names.filter((name) => parameters[name]).length;
  const [wide] = useState(() => matchMedia("(min-width: 60rem)").matches);
  const [one = "", other = ""] = (parameters.between ?? parameters.of ?? "").split(",");
  const parties = (first: string, second: string) => {
    const both = first && second;
    change({ between: both ? `${first},${second}` : null, of: both ? null : first || second || null });
  };
  return (
    <details class="filters" open={wide}>
      <summary>
        Filters{used > 0 ? ` (${used})` : ""}
      </summary>
      <form class="fields" onSubmit={(event) => event.preventDefault()}>
        {!without.includes("of") && <PartyField label="Party" party={one} onChoose={(party) => parties(party, other)} />}
        {!without.includes("between") && <PartyField label="and" party={other} onChoose={(party) => parties(one, party)} />}
        {children}
        {!without.includes("since") && (
          <>
            <DayField label="From" name="since" />
            <DayField label="Until" name="until" />
          </>
        )}
        {!without.includes("outlet") && outlets.value.length > 1 && (
          <SelectField label="Outlet" name="outlet" choices={outlets.value.filter((row) => row.outlet).map((row) => [row.outlet!, row.outlet!])} />
        )}
        {used > 0 && (
          <button type="button" class="link" onClick={() => change(Object.fromEntries(names.map((name) => [name, null])))}>
            Clear filters
          </button>
        )}
      </form>
    </details>
  );
}

export function DayField({ label, name }: { label: string; name: string }) {
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <input id={id} type="date" value={address.value.parameters[name] ?? ""} onChange={(event) => change({ [name]: event.currentTarget.value })} />
    </div>
  );
}

export function SelectField({ label, name, choices, any = "any" }: { label: string; name: string; choices: [value: string, words: string][]; any?: string }) {
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <select id={id} value={address.value.parameters[name] ?? ""} onChange={(event) => change({ [name]: event.currentTarget.value })}>
        <option value="">{any}</option>
        {choices.map(([value, words]) => (
          <option key={value} value={value}>
            {words}
          </option>
        ))}
      </select>
    </div>
  );
}

export function WordsField({ label, name, placeholder }: { label: string; name: string; placeholder?: string }) {
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <input
        id={id}
        type="search"
        dir="auto"
        placeholder={placeholder}
        value={address.value.parameters[name] ?? ""}
        onChange={(event) => change({ [name]: event.currentTarget.value.trim() })}
      />
    </div>
  );
}

export function CheckField({ label, name }: { label: string; name: string }) {
  return (
    <label class="check">
      <input type="checkbox" checked={address.value.parameters[name] === "1"} onChange={(event) => change({ [name]: event.currentTarget.checked ? "1" : null })} /> {label}
    </label>
  );
}

/** Different ways to see the same: links, so that each has an address. */
export function Ways({ name, ways, label }: { name: string; ways: [value: string, words: string][]; label: string }) {
  const now = address.value.parameters[name] ?? ways[0]![0];
  return (
    <div class="ways" role="group" aria-label={label}>
      {ways.map(([value, words], number) => (
        <button key={value} type="button" aria-pressed={value === now} onClick={() => change({ [name]: number === 0 ? null : value })}>
          {words}
        </button>
      ))}
    </div>
  );
}
