import type { ReactNode } from 'react';
import { Link } from 'react-router';

interface ActionLinkProps {
  to: string;
  appearance?: 'primary-action' | 'secondary-action';
  className?: string;
  children: ReactNode;
}

/** A link to another screen that looks like a button: the next step. */
export function ActionLink({ to, appearance = 'primary-action', className = '', children }: ActionLinkProps) {
  const classes = `utrecht-button-link utrecht-button-link--html-a utrecht-button-link--${appearance}`;
  return (
    <Link to={to} className={`${classes} ${className}`}>
      {children}
    </Link>
  );
}
