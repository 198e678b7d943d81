package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"net"
	"os"
	"path/filepath"
	"strings"

	"vakspiegel/api"
	"vakspiegel/cmd/config"
	"vakspiegel/cmd/database"
	"vakspiegel/consent/texts"
	"vakspiegel/policies"
)

type demoCommand struct {
	Addr string `help:"Address to listen on; loopback only." default:"127.0.0.1:8080"`
	Data string `help:"Folder for everything it keeps." default:"data" type:"path"`
	Lan  bool   `help:"Let other devices on this network in, so that a phone can scan the QR code."`
}

// Run makes the demo's folder at the first start, finds everything back at
// later ones, and serves until it is told to stop.
func (d demoCommand) Run(ctx context.Context) error {
	settings, err := d.settings(ctx)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(d.Data, 0o700); err != nil {
		return err
	}
	if err := migrate(ctx, settings.DatabaseURL); err != nil {
		return err
	}
	app, err := New(ctx, settings)
	if err != nil {
		return err
	}
	if err := app.seedDemo(ctx, d.Data); err != nil {
		return errors.Join(err, app.Close())
	}
	if err := d.greet(ctx, app); err != nil {
		return errors.Join(err, app.Close())
	}
	err = errors.Join(app.Run(ctx), app.Close())
	if err == nil {
		fmt.Println("\nVakspiegel is gestopt. Alles staat er nog bij de volgende start.")
	}
	return err
}

func (d demoCommand) settings(ctx context.Context) (Settings, error) {
	learning, err := config.LoadLearning()
	if err != nil {
		return Settings{}, err
	}
	settings := Settings{
		Learning: learning, Mode: api.Demo, Addr: d.Addr, Organisation: "Gemeente Voorbeeld", Texts: texts.Demo(),
		DatabaseURL: "sqlite:" + filepath.Join(d.Data, "vakspiegel.db"),
		StoreURL:    "dir:" + filepath.Join(d.Data, "store"),
		KeyHolders:  []string{"file:" + filepath.Join(d.Data, "keys", "keys.json")},
		Log:         slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: slog.LevelWarn})),
	}
	if !d.Lan {
		if !config.Loopback(d.Addr) {
			return settings, fmt.Errorf("the demo has no passwords, so it listens on this machine only: leave --addr out, or add --lan")
		}
		return settings, nil
	}
	return settings, d.openToNetwork(ctx, &settings)
}

// openToNetwork listens for other devices; links and QR codes carry the
// machine's address on the network.
func (d demoCommand) openToNetwork(_ context.Context, settings *Settings) error {
	_, port, err := net.SplitHostPort(d.Addr)
	if err != nil {
		return err
	}
	address, err := networkAddress()
	if err != nil {
		return err
	}
	settings.Addr = net.JoinHostPort("", port)
	settings.PublicURL = "http://" + net.JoinHostPort(address, port)
	fmt.Println("LET OP: iedereen op dit netwerk kan nu in deze demo, zonder wachtwoord en zonder versleutelde verbinding.")
	fmt.Println("        Gebruik alleen verzonnen gesprekken.")
	return nil
}

func networkAddress() (string, error) {
	addresses, err := net.InterfaceAddrs()
	if err != nil {
		return "", err
	}
	for _, address := range addresses {
		if n, ok := address.(*net.IPNet); ok && n.IP.To4() != nil && !n.IP.IsLoopback() {
			return n.IP.String(), nil
		}
	}
	return "", errors.New("this machine has no address on a network: leave --lan out")
}

func (d demoCommand) greet(ctx context.Context, app *App) error {
	people, err := app.people.List(ctx)
	if err != nil {
		return err
	}
	fmt.Printf("Vakspiegel (demo) draait op %s\n\nKies in de browser wie je bent:\n", app.URL())
	for _, person := range people {
		var roles []string
		for _, role := range person.Roles {
			roles = append(roles, string(role))
		}
		fmt.Printf("  %-8s %s\n", person.Login, strings.Join(roles, ", "))
	}
	if wait := app.settings.CoolingOff; wait > 0 {
		fmt.Printf("\nSamen kijken kan %.0f uur na ieders ja. Meteen proberen: VAKSPIEGEL_COOLING_OFF=0s ervoor.\n", wait.Hours())
	}
	fmt.Printf("\nAlles staat in %s. Stoppen: Ctrl-C.\n", d.Data)
	return nil
}

// sampleMade marks that the sample was made once: who erased it does not get
// it back at the next start.
const sampleMade = "sample-made"

// seedDemo makes the demo's people, and at the first start the sample.
func (a *App) seedDemo(ctx context.Context, data string) error {
	if err := policies.SeedDemo(ctx, a.db); err != nil {
		return err
	}
	marker := filepath.Join(data, sampleMade)
	if _, err := os.Stat(marker); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if err := a.makeSample(ctx); err != nil {
		return fmt.Errorf("sample conversation: %w", err)
	}
	return errors.Join(os.WriteFile(marker, nil, 0o600), database.Compact(ctx, a.db))
}
