import { Heading2 } from '@utrecht/component-library-react';
import { type ReactNode, useEffect, useId, useRef } from 'react';

interface DialogProps {
  title: ReactNode;
  children: ReactNode;
  /** Esc and the closing buttons both end here. */
  onClose: () => void;
}

/** A modal <dialog>: the browser keeps focus inside and gives it back to where it came from. */
export function Dialog({ title, children, onClose }: DialogProps) {
  const ref = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  useEffect(() => {
    const dialog = ref.current;
    const opener = document.activeElement;
    dialog?.showModal();
    // Not the first button: that may be the one that cannot be undone.
    dialog?.querySelector('h2')?.focus();
    return () => {
      dialog?.close();
      if (opener instanceof HTMLElement) opener.focus();
    };
  }, []);
  return (
    <dialog
      ref={ref}
      className="vs-dialog"
      aria-labelledby={titleId}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
    >
      <Heading2 id={titleId} tabIndex={-1}>
        {title}
      </Heading2>
      {children}
    </dialog>
  );
}
