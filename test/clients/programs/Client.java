import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URL;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

public class Client {
    record Answer(int status, String text) {}

    interface Sender {
        Answer send(String url, String body) throws Exception;
    }

    static Answer byHttpClient(HttpClient client, String url, String body) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url));
        if (body != null) {
            request.header("Content-Type", "application/json; charset=utf-8").POST(HttpRequest.BodyPublishers.ofString(body));
        }
        HttpResponse<String> answer = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        return new Answer(answer.statusCode(), answer.body());
    }

    static Answer byUrlConnection(String url, String body) throws Exception {
        HttpURLConnection connection = (HttpURLConnection) new URL(url).openConnection();
        if (body != null) {
            connection.setDoOutput(true);
            connection.setRequestProperty("Content-Type", "application/json; charset=utf-8");
            connection.getOutputStream().write(body.getBytes("UTF-8"));
        }
        int status = connection.getResponseCode();
        return new Answer(status, status < 400 ? new String(connection.getInputStream().readAllBytes(), "UTF-8") : "");
    }

    public static void main(String[] args) throws Exception {
        HttpClient client = HttpClient.newHttpClient();
        Sender sender = args[0].equals("HttpClient") ? (url, body) -> byHttpClient(client, url, body) : Client::byUrlConnection;
        System.out.println("bot " + sender.send("https://bot.jivosite.com" + System.getenv("BOT_PATH"), System.getenv("BOT_BODY")).status());
        System.out.println("chat " + sender.send("https://wh.jivosite.com" + System.getenv("CHAT_PATH"), System.getenv("CHAT_BODY")).status());
        for (String url : System.getenv().getOrDefault("FOREIGN", "").split(" ")) {
            if (url.isEmpty()) continue;
            try {
                System.out.println("foreign " + sender.send(url, null).text().trim());
            } catch (IOException refused) {
                System.out.println("foreign refused");
            }
        }
    }
}
