import {
  Table,
  TableBody,
  TableCell,
  TableHeader,
  TableHeaderCell,
  TableRow,
} from '@utrecht/component-library-react';
import type { ReactNode } from 'react';

interface ListedProps {
  /** What a screen reader calls the table. */
  label: string;
  head: readonly string[];
  rows: readonly { key: string; cells: readonly ReactNode[] }[];
}

/** A small table that becomes a list of blocks where it is narrow. */
export function Listed({ label, head, rows }: ListedProps) {
  return (
    <Table aria-label={label} className="vs-listed">
      <TableHeader>
        <TableRow>
          {head.map((name) => (
            <TableHeaderCell key={name} scope="col">
              {name}
            </TableHeaderCell>
          ))}
        </TableRow>
      </TableHeader>
      <TableBody>
        {rows.map(({ key, cells }) => (
          <TableRow key={key}>
            {cells.map((cell, i) => (
              <TableCell key={head[i]} data-head={head[i]}>
                {cell}
              </TableCell>
            ))}
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}
