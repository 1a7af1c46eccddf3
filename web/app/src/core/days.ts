// Days as the data gives them: "2026-03-12", sometimes only "2026-03".

const SHORT = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** "2026-03-12" -> "12 Mar 2026". Anything else comes back as it is. */
export function dayWords(date: string | null | undefined): string {
  if (!date) return "undated";
  const found = /^(\d{4})-(\d{2})(?:-(\d{2}))?$/.exec(date);
  const month = found && SHORT[Number(found[2]) - 1];
  if (!found || !month) return date;
  return found[3] ? `${Number(found[3])} ${month} ${found[1]}` : `${month} ${found[1]}`;
}

/** Two days of one range, said once where they are the same. */
export function rangeWords(from: string | null | undefined, to: string | null | undefined, precision?: string | null): string {
  if (!from && !to) return precision === "relative" ? "at a time that the text leaves open" : "";
  if (precision === "month" && from) return dayWords((to ?? from).slice(0, 7));
  if (precision === "year" && from) return from.slice(0, 4);
  if (!to || from === to) return dayWords(from);
  if (!from) return `until ${dayWords(to)}`;
  return `${dayWords(from)} – ${dayWords(to)}`;
}

/** Days since 1970; NaN for what is no day. */
export function dayNumber(date: string | null | undefined): number {
  if (!date) return NaN;
  const time = Date.parse(`${date.length === 7 ? `${date}-01` : date}T00:00:00Z`);
  return Math.floor(time / 86_400_000);
}
