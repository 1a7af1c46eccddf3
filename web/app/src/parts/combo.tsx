// A text field that offers choices while one types: the combobox of WAI-ARIA, with a list.
import type { ComponentChildren } from "preact";
import { useEffect, useId, useRef, useState } from "preact/hooks";

export interface Choice {
  key: string;
  label: ComponentChildren;
  group?: string;
  choose: () => void;
}

interface Properties {
  label: string;
  hideLabel?: boolean;
  placeholder?: string;
  value: string; // what stands in the field while nobody types
  load: (text: string, signal: AbortSignal) => Promise<Choice[]>;
  onEnter?: (text: string) => void; // Enter with nothing chosen
  onClear?: () => void; // the field was emptied
  fieldId?: string;
}

export function Combo({ label, hideLabel, placeholder, value, load, onEnter, onClear, fieldId }: Properties) {
  const own = useId();
  const id = fieldId ?? own;
  const [text, setText] = useState<string | null>(null); // null: not being typed in
  const [choices, setChoices] = useState<Choice[]>([]);
  const [open, setOpen] = useState(false);
  const [active, setActive] = useState(-1);
  const field = useRef<HTMLInputElement>(null);

  useEffect(() => {
    if (text === null || !open) return;
    const abort = new AbortController();
    const timer = setTimeout(() => {
      load(text, abort.signal).then(
        (found) => {
          setChoices(found);
          setActive(-1);
        },
        () => {
          if (!abort.signal.aborted) setChoices([]); // nothing to offer: typing goes on
        },
      );
    }, 90);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [text, open]);

  const close = () => {
    setOpen(false);
    setActive(-1);
    setChoices([]);
    setText(null);
  };
  const choose = (choice: Choice) => {
    close();
    choice.choose();
  };
  const key = (event: KeyboardEvent) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (!open) {
        setText(text ?? "");
        setOpen(true);
        return;
      }
      const step = event.key === "ArrowDown" ? 1 : -1;
      if (choices.length > 0) setActive((active + step + choices.length + (active < 0 && step < 0 ? 1 : 0)) % choices.length);
    } else if (event.key === "Enter") {
      event.preventDefault();
      const typed = (text ?? value).trim();
      if (open && active >= 0) choose(choices[active]!);
      else if (onEnter) {
        close();
        onEnter(typed);
      } else if (typed === "" && onClear) {
        close();
        onClear();
      } else if (choices.length > 0) choose(choices[0]!);
    } else if (event.key === "Escape" && open) {
      event.preventDefault();
      event.stopPropagation();
      close();
    }
  };
  const leave = () => {
    if (text === "" && value !== "" && onClear) onClear();
    close();
  };
  const shown = open && choices.length > 0;
  return (
    <div class="combo">
      <label for={id} class={hideLabel ? "unseen" : undefined}>
        {label}
      </label>
      <input
        ref={field}
        id={id}
        type="text"
        role="combobox"
        aria-expanded={shown}
        aria-controls={`${id}-list`}
        aria-autocomplete="list"
        aria-activedescendant={shown && active >= 0 ? `${id}-${active}` : undefined}
        autocomplete="off"
        spellcheck={false}
        dir="auto"
        placeholder={placeholder}
        value={text ?? value}
        onInput={(event) => {
          setText(event.currentTarget.value);
          setOpen(true);
        }}
        onKeyDown={key}
        onBlur={leave}
      />
      <ul id={`${id}-list`} role="listbox" aria-label={label} hidden={!shown}>
        {shown &&
          choices.map((choice, number) => (
            <li
              key={choice.key}
              id={`${id}-${number}`}
              role="option"
              aria-selected={number === active}
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => choose(choice)}
            >
              {choice.label}
              {choice.group && <span class="quiet"> {choice.group}</span>}
            </li>
          ))}
      </ul>
    </div>
  );
}
