// A panel beside the list for one of its rows. Its being open is part of the address.
import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";

export function Panel({ label, close, children }: { label: string; close: () => void; children: ComponentChildren }) {
  const panel = useRef<HTMLElement>(null);
  useEffect(() => {
    const before = document.activeElement as HTMLElement | null;
    panel.current?.focus({ preventScroll: true });
    return () => {
      if (before?.isConnected) before.focus({ preventScroll: true });
    };
  }, []);
  return (
    <section
      ref={panel}
      class="panel"
      role="dialog"
      aria-label={label}
      tabIndex={-1}
      onKeyDown={(event) => {
        if (event.key === "Escape") close();
      }}
    >
      <button type="button" class="close" aria-label="Close" onClick={close}>
        ×
      </button>
      {children}
    </section>
  );
}
