package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"

	"vakspiegel/cmd/config"
)

// swapFile lists the swap areas of a Linux machine, under one heading line.
const swapFile = "/proc/swaps"

// checkSwap refuses a machine that may write memory, and so film and notes in
// plain, to disk (trust.md P6). "encrypted" is the operator's word that the
// swap area is encrypted with a key that does not outlive a restart.
func checkSwap(promised string) error {
	if promised == "encrypted" {
		return nil
	}
	listed, err := os.ReadFile(swapFile)
	if errors.Is(err, fs.ErrNotExist) {
		return nil // no Linux: docs/operations.md says what to check by hand
	}
	if err != nil {
		return fmt.Errorf("swap: %w", err)
	}
	if areas := strings.Count(strings.TrimSpace(string(listed)), "\n"); areas > 0 {
		return fmt.Errorf("swap is on: memory with film and notes could land on disk. Switch it off (swapoff -a), "+
			"or set %sSWAP=encrypted if it is encrypted with a key of its own at every start", config.Prefix)
	}
	return nil
}
