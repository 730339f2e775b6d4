// Shows the monitoring endpoints of one NATS server as Prometheus metrics: every number of a JSON answer becomes a
// gauge that is named after its path, for example nats_varz_connections. Takes the flags that matter here of
// prometheus-nats-exporter, and asks the server only when it is asked itself.
package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"log"
	"net/http"
	"net/url"
	"os"
	"sort"
	"strings"
	"time"
)

const maxAnswer = 16 << 20

type exporter struct {
	client    http.Client
	server    string
	prefix    string
	endpoints []string
}

func main() {
	port := flag.Int("port", 7777, "port of /metrics")
	prefix := flag.String("prefix", "gnatsd", "begin of every metric's name")
	flag.Bool("use_internal_server_id", true, "label metrics with the server's own id; always done")
	chosen := map[string]*bool{}
	// The server's id is in it, so that it is asked for always.
	flag.Bool("varz", true, "export /varz; always done")
	for _, name := range []string{"connz", "routez", "subz", "gatewayz", "leafz"} {
		chosen[name] = flag.Bool(name, false, "export /"+name)
	}
	jetStream := flag.String("jsz", "", "export /jsz; any value")
	flag.Parse()
	if flag.NArg() != 1 {
		fmt.Fprintln(os.Stderr, "usage: nats-exporter [FLAG..] URL, for example: nats-exporter -varz http://localhost:8222")
		os.Exit(64)
	}
	endpoints := []string{"varz"}
	for name, on := range chosen {
		if *on {
			endpoints = append(endpoints, name)
		}
	}
	if *jetStream != "" {
		endpoints = append(endpoints, "jsz")
	}
	sort.Strings(endpoints)
	serve(*port, &exporter{
		client:    http.Client{Timeout: 5 * time.Second},
		server:    strings.TrimRight(flag.Arg(0), "/"),
		prefix:    *prefix,
		endpoints: endpoints,
	})
}

func serve(port int, one *exporter) {
	http.HandleFunc("/healthz", func(w http.ResponseWriter, _ *http.Request) { fmt.Fprintln(w, "ok") })
	http.HandleFunc("/metrics", one.metrics)
	listener := http.Server{Addr: fmt.Sprintf(":%d", port), ReadHeaderTimeout: 5 * time.Second}
	log.Fatal(listener.ListenAndServe())
}

// metrics answers what the server says now; a server that does not answer is a metric, not a failed scrape.
func (e *exporter) metrics(w http.ResponseWriter, _ *http.Request) {
	answers := map[string]map[string]any{}
	up := 1
	for _, endpoint := range e.endpoints {
		answer, err := e.ask(endpoint)
		if err != nil {
			log.Printf("%s/%s: %v", e.server, endpoint, err)
			up = 0
		}
		answers[endpoint] = answer
	}
	id, _ := answers["varz"]["server_id"].(string)
	w.Header().Set("content-type", "text/plain; version=0.0.4; charset=utf-8")
	fmt.Fprintf(w, "# TYPE %s_up gauge\n%s_up %d\n", e.prefix, e.prefix, up)
	for _, endpoint := range e.endpoints {
		e.write(w, endpoint, id, answers[endpoint])
	}
}

func (e *exporter) ask(endpoint string) (map[string]any, error) {
	target, err := url.JoinPath(e.server, endpoint)
	if err != nil {
		return nil, err
	}
	answer, err := e.client.Get(target)
	if err != nil {
		return nil, err
	}
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("status %d", answer.StatusCode)
	}
	object := map[string]any{}
	return object, json.NewDecoder(io.LimitReader(answer.Body, maxAnswer)).Decode(&object)
}

func (e *exporter) write(w io.Writer, endpoint, id string, answer map[string]any) {
	numbers := map[string]float64{}
	flatten(e.prefix+"_"+endpoint, answer, numbers)
	names := make([]string, 0, len(numbers))
	for name := range numbers {
		names = append(names, name)
	}
	sort.Strings(names)
	for _, name := range names {
		fmt.Fprintf(w, "# TYPE %s gauge\n%s{server_id=%q} %v\n", name, name, id, numbers[name])
	}
}

// flatten leaves lists out: they have an entry for each client, and a metric of each would have no bound.
func flatten(path string, object map[string]any, numbers map[string]float64) {
	for key, value := range object {
		name := path + "_" + plain(key)
		switch value := value.(type) {
		case float64:
			numbers[name] = value
		case map[string]any:
			flatten(name, value, numbers)
		}
	}
}

func plain(key string) string {
	return strings.Map(func(letter rune) rune {
		switch {
		case letter >= 'a' && letter <= 'z', letter >= '0' && letter <= '9':
			return letter
		case letter >= 'A' && letter <= 'Z':
			return letter + 'a' - 'A'
		}
		return '_'
	}, key)
}
