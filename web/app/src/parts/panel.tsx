// A panel beside the list for one of its rows. Its being open is part of the address.
import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";

export function Panel({ label, close, children }: { label: string; close: () => void; children: ComponentChildren }) {
  const panel = useRef<HTMLElement>(null);
  const leave = useRef(close);
  leave.current = close;
  useEffect(() => {
    const before = document.activeElement as HTMLElement | null;
    panel.current?.focus({ preventScroll: true });
    const key = (event: KeyboardEvent) => {
      if (event.key === "Escape" && !event.defaultPrevented && !document.querySelector("dialog[open]")) leave.current();
    };
    addEventListener("keydown", key);
    return () => {
      removeEventListener("keydown", key);
      if (before?.isConnected) before.focus({ preventScroll: true });
    };
  }, []);
  return (
    <section ref={panel} class="panel" role="dialog" aria-label={label} tabIndex={-1}>
      <button type="button" class="close" aria-label="Close" onClick={close}>
        ×
      </button>
      {children}
    </section>
  );
}
