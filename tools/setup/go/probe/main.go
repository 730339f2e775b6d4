// Command probe is an HTTP server on port 8080 for tests of local clusters: it
// tells what a pod sees of names, of other servers and of its files.
package main

import (
	"encoding/json"
	"io"
	"log"
	"net"
	"net/http"
	"os"
	"os/signal"
	"syscall"
	"time"
)

var client = http.Client{Timeout: 5 * time.Second}

func main() {
	http.HandleFunc("GET /whoami", whoami)
	http.HandleFunc("GET /lookup", lookup)
	http.HandleFunc("GET /fetch", fetch)
	http.HandleFunc("GET /file", read)
	http.HandleFunc("PUT /file", write)
	go func() {
		signals := make(chan os.Signal, 1)
		signal.Notify(signals, syscall.SIGTERM, syscall.SIGINT)
		<-signals
		os.Exit(0)
	}()
	log.Print("probe listens on :8080")
	log.Fatal(http.ListenAndServe(":8080", nil))
}

// whoami tells this pod's name and the address the request came from.
func whoami(w http.ResponseWriter, r *http.Request) {
	name, err := os.Hostname()
	from, _, _ := net.SplitHostPort(r.RemoteAddr)
	answer(w, map[string]string{"name": name, "from": from}, err)
}

// lookup resolves ?name= by the pod's own name server.
func lookup(w http.ResponseWriter, r *http.Request) {
	addresses, err := net.DefaultResolver.LookupHost(r.Context(), r.URL.Query().Get("name"))
	answer(w, addresses, err)
}

// fetch passes on what ?url= answers.
func fetch(w http.ResponseWriter, r *http.Request) {
	response, err := client.Get(r.URL.Query().Get("url"))
	if err != nil {
		answer(w, nil, err)
		return
	}
	defer response.Body.Close()
	w.WriteHeader(response.StatusCode)
	_, _ = io.Copy(w, response.Body)
}

// read gives the file at ?path=.
func read(w http.ResponseWriter, r *http.Request) {
	content, err := os.ReadFile(r.URL.Query().Get("path"))
	answer(w, string(content), err)
}

// write puts the request's body into the file at ?path=.
func write(w http.ResponseWriter, r *http.Request) {
	content, err := io.ReadAll(io.LimitReader(r.Body, 1<<20))
	if err == nil {
		err = os.WriteFile(r.URL.Query().Get("path"), content, 0o644)
	}
	answer(w, "written", err)
}

func answer(w http.ResponseWriter, value any, err error) {
	w.Header().Set("Content-Type", "application/json")
	if err != nil {
		w.WriteHeader(http.StatusBadGateway)
		value = map[string]string{"error": err.Error()}
	}
	_ = json.NewEncoder(w).Encode(value)
}
