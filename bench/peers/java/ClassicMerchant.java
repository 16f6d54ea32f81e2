import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.FileInputStream;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/**
 * A merchant in plain Java, the classic way: the p12 in a PKCS12 key store whose password is the mchid, XML by DOM, MD5
 * over the sorted fields. It reads calls from standard input, one a line, and prints what it saw; see peer.js.
 */
public final class ClassicMerchant {
    private static final Map<String, String> PATHS = Map.of(
            "unifiedorder", "/pay/unifiedorder",
            "orderquery", "/pay/orderquery",
            "closeorder", "/pay/closeorder",
            "refund", "/secapi/pay/refund",
            "refundquery", "/pay/refundquery");

    private final String base;
    private final String appid;
    private final String mchid;
    private final String key;
    private final SSLContext tls;

    private ClassicMerchant(String base, String appid, String mchid, String key, SSLContext tls) {
        this.base = base;
        this.appid = appid;
        this.mchid = mchid;
        this.key = key;
        this.tls = tls;
    }

    public static void main(String[] args) throws Exception {
        SSLContext tls = tlsOf(args[3], args[2], args[4]);
        ClassicMerchant merchant = new ClassicMerchant(args[0], args[1], args[2], System.getenv("PEER_KEY"), tls);
        BufferedReader calls = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        for (String line = calls.readLine(); line != null; line = calls.readLine()) {
            int mark = line.indexOf('?');
            Map<String, String> seen = merchant.call(line.substring(0, mark), decode(line.substring(mark + 1)));
            out.println(encode(seen));
        }
    }

    private Map<String, String> call(String operation, Map<String, String> fields) throws Exception {
        fields.put("appid", appid);
        fields.put("mch_id", mchid);
        fields.put("nonce_str", UUID.randomUUID().toString().replace("-", ""));
        fields.put("sign", sign(fields));
        Map<String, String> answer = parse(post(PATHS.get(operation), print(fields)));
        if (!"SUCCESS".equals(answer.get("return_code"))) return refused(answer.get("return_msg"));
        if (!sign(answer).equals(answer.get("sign"))) return refused("the sign of the answer is wrong");
        if (!"SUCCESS".equals(answer.get("result_code"))) return refused(answer.get("err_code"));
        return answer;
    }

    private byte[] post(String path, String body) throws Exception {
        HttpsURLConnection connection = (HttpsURLConnection) URI.create(base + path).toURL().openConnection();
        connection.setSSLSocketFactory(tls.getSocketFactory());
        connection.setConnectTimeout(6_000);
        connection.setReadTimeout(8_000);
        connection.setRequestMethod("POST");
        connection.setRequestProperty("Content-Type", "text/xml");
        connection.setDoOutput(true);
        connection.getOutputStream().write(body.getBytes(StandardCharsets.UTF_8));
        try (InputStream in = connection.getInputStream()) {
            return in.readAllBytes();
        }
    }

    private String sign(Map<String, String> fields) throws Exception {
        StringBuilder text = new StringBuilder();
        for (Map.Entry<String, String> field : new TreeMap<>(fields).entrySet()) {
            if (field.getKey().equals("sign") || field.getValue().isEmpty()) continue;
            text.append(field.getKey()).append('=').append(field.getValue()).append('&');
        }
        text.append("key=").append(key);
        byte[] digest = MessageDigest.getInstance("MD5").digest(text.toString().getBytes(StandardCharsets.UTF_8));
        StringBuilder hex = new StringBuilder();
        for (byte one : digest) hex.append(String.format("%02X", one));
        return hex.toString();
    }

    private static String print(Map<String, String> fields) {
        StringBuilder xml = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?><xml>");
        fields.forEach((name, value) -> xml.append('<').append(name).append("><![CDATA[").append(value)
                .append("]]></").append(name).append('>'));
        return xml.append("</xml>").toString();
    }

    private static Map<String, String> parse(byte[] xml) throws Exception {
        Element root = DocumentBuilderFactory.newInstance().newDocumentBuilder()
                .parse(new ByteArrayInputStream(xml)).getDocumentElement();
        Map<String, String> fields = new TreeMap<>();
        for (Node node = root.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element element) fields.put(element.getTagName(), element.getTextContent());
        }
        return fields;
    }

    private static SSLContext tlsOf(String p12, String password, String ca) throws Exception {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = new FileInputStream(p12)) {
            keys.load(in, password.toCharArray());
        }
        KeyManagerFactory identity = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        identity.init(keys, password.toCharArray());
        KeyStore authorities = KeyStore.getInstance(KeyStore.getDefaultType());
        authorities.load(null);
        try (InputStream in = new FileInputStream(ca)) {
            authorities.setCertificateEntry("ca", CertificateFactory.getInstance("X.509").generateCertificate(in));
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(authorities);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(identity.getKeyManagers(), trust.getTrustManagers(), new SecureRandom());
        return context;
    }

    private static Map<String, String> refused(String reason) {
        return new TreeMap<>(Map.of("refused", String.valueOf(reason)));
    }

    private static Map<String, String> decode(String query) {
        Map<String, String> fields = new TreeMap<>();
        for (String pair : query.split("&")) {
            int mark = pair.indexOf('=');
            fields.put(pair.substring(0, mark), URLDecoder.decode(pair.substring(mark + 1), StandardCharsets.UTF_8));
        }
        return fields;
    }

    private static String encode(Map<String, String> fields) {
        StringBuilder line = new StringBuilder();
        fields.forEach((name, value) -> line.append(line.length() == 0 ? "" : "&").append(name).append('=')
                .append(URLEncoder.encode(value, StandardCharsets.UTF_8)));
        return line.toString();
    }
}
