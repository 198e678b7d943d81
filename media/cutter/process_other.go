//go:build !linux

package cutter

import (
	"context"
	"io"
	"os"
)

// Find errors: ErrUnavailable. There is no file in memory here.
func Find(string) (*Cutter, error) { return nil, ErrUnavailable }

type job struct {
	args    []string
	script  string
	stdout  io.Writer
	output  *os.File
	maxSize int64
}

func (c *Cutter) run(context.Context, job) error { return ErrUnavailable }

func memoryFile() (*os.File, error) { return nil, ErrUnavailable }

func (s *sink) empty(int64, int64) error { return ErrUnavailable }
