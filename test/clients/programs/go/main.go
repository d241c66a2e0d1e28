package main

import (
	"fmt"
	"io"
	"net/http"
	"os"
	"strings"
)

func post(url, body string) int {
	answer, err := http.Post(url, "application/json; charset=utf-8", strings.NewReader(body))
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 0
	}
	defer answer.Body.Close()
	return answer.StatusCode
}

func main() {
	fmt.Println("bot", post("https://bot.jivosite.com"+os.Getenv("BOT_PATH"), os.Getenv("BOT_BODY")))
	fmt.Println("chat", post("https://wh.jivosite.com"+os.Getenv("CHAT_PATH"), os.Getenv("CHAT_BODY")))
	for _, url := range strings.Fields(os.Getenv("FOREIGN")) {
		answer, err := http.Get(url)
		if err != nil {
			fmt.Println("foreign refused")
			continue
		}
		text, _ := io.ReadAll(answer.Body)
		fmt.Println("foreign", strings.TrimSpace(string(text)))
	}
}
