package magscan

import (
	"context"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"sync"
	"testing"
)

type report struct {
	Source struct{ Name string }
	Amount struct {
		PerServing struct{ Value float64 } `json:"per_serving_mg"`
	} `json:"elemental_magnesium"`
}

func sample(t *testing.T) []byte {
	folder := os.Getenv("MAGSCAN_SAMPLES")
	if folder == "" {
		folder = "../photos/magnesium"
	}
	photo, err := os.ReadFile(filepath.Join(folder, "screen_taurate_uk.png"))
	if err != nil {
		t.Fatal(err)
	}
	return photo
}

func TestEightAtOnce(t *testing.T) {
	scanner, err := New(Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer scanner.Close()
	photo := sample(t)
	var all sync.WaitGroup
	for i := 0; i < 8; i++ {
		all.Add(1)
		go func() {
			defer all.Done()
			line, err := scanner.Scan(context.Background(), photo, "screen.png")
			if err != nil {
				t.Error(err)
				return
			}
			var read report
			if err := json.Unmarshal(line, &read); err != nil {
				t.Error(err)
			}
			if read.Amount.PerServing.Value != 120 || read.Source.Name != "screen.png" {
				t.Errorf("%+v", read)
			}
		}()
	}
	all.Wait()
}

func TestErrors(t *testing.T) {
	var failed *Error
	if _, err := New(Options{Models: "/nonexistent"}); !errors.As(err, &failed) || failed.Status != 3 {
		t.Error(err)
	}
	scanner, err := New(Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer scanner.Close()
	if _, err := scanner.Scan(context.Background(), nil, "x"); !errors.As(err, &failed) || failed.Status != 2 {
		t.Error(err)
	}
	ctx, cancel := context.WithTimeout(context.Background(), 2e6)
	defer cancel()
	if _, err := scanner.Scan(ctx, sample(t), "x"); !errors.Is(err, context.DeadlineExceeded) {
		t.Error(err)
	}
}

func TestParse(t *testing.T) {
	line, err := Parse("Supplement Facts\nMagnesium (as Magnesium Citrate) 200 mg 48%")
	var read report
	if err != nil || json.Unmarshal(line, &read) != nil || read.Amount.PerServing.Value != 200 {
		t.Error(string(line), err)
	}
}
