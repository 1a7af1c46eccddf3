// What comes from stories and from outside is shown through these: as text, in its own direction, with hidden characters made visible.
import type { ComponentChildren } from "preact";
import { visiblePieces } from "../core/visible.ts";

/** Pieces without an element around them, for places that isolate already. */
export function Pieces({ text }: { text: string }) {
  return (
    <>
      {visiblePieces(text).map((piece, number) =>
        "text" in piece ? (
          piece.text
        ) : (
          <span key={number} class="control" title={piece.name}>
            {piece.label}
          </span>
        ),
      )}
    </>
  );
}

/** A name, a title, words: isolated, so that a right-to-left one does not stir what stands around it. */
export function Text({ children, class: className }: { children: string; class?: string }) {
  return (
    <bdi class={className} dir="auto">
      <Pieces text={children} />
    </bdi>
  );
}

export function Joined({ items, empty }: { items: ComponentChildren[]; empty?: string }) {
  if (items.length === 0) return <span class="quiet">{empty ?? ""}</span>;
  return (
    <>
      {items.map((item, number) => (
        <span key={number}>
          {number > 0 && (number === items.length - 1 ? " and " : ", ")}
          {item}
        </span>
      ))}
    </>
  );
}
