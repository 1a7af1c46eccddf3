// The addresses of the API. Nothing is imported here, for they are needed before the page's scripts are.
export type Query = Record<string, string | number | null | undefined>;

export function apiAddress(path: string, query: Query = {}): string {
  const parameters = new URLSearchParams();
  for (const name of Object.keys(query).sort()) {
    const value = query[name];
    if (value !== null && value !== undefined && value !== "") parameters.set(name, String(value));
  }
  const text = parameters.toString();
  return text ? `/api/${path}?${text}` : `/api/${path}`;
}

/** What every view needs of the store. */
export const storeAddresses = {
  summary: apiAddress("summary"),
  vocabulary: apiAddress("vocabulary"),
  parties: apiAddress("parties", { limit: 1000 }),
  outlets: apiAddress("outlets", { limit: 1000 }),
};

/** The dossier that a state of the relationship view shows. */
export function dossierAddress({ between, since, until, outlet, on }: Readonly<Record<string, string>>): string {
  return apiAddress("dossier", { between, since, until, outlet, on });
}
