// WeChat Pay's own Go SDK in a process of its own, led by lines as peer.js is. Its HTTP client is directed to this
// machine, as its options allow; everything else is as its manual has it.
package main

import (
	"bufio"
	"context"
	"crypto/rsa"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"strings"

	"github.com/wechatpay-apiv3/wechatpay-go/core"
	"github.com/wechatpay-apiv3/wechatpay-go/core/auth"
	"github.com/wechatpay-apiv3/wechatpay-go/core/auth/verifiers"
	"github.com/wechatpay-apiv3/wechatpay-go/core/downloader"
	"github.com/wechatpay-apiv3/wechatpay-go/core/notify"
	"github.com/wechatpay-apiv3/wechatpay-go/core/option"
	"github.com/wechatpay-apiv3/wechatpay-go/services/payments/app"
	"github.com/wechatpay-apiv3/wechatpay-go/services/payments/h5"
	"github.com/wechatpay-apiv3/wechatpay-go/services/payments/jsapi"
	"github.com/wechatpay-apiv3/wechatpay-go/services/payments/native"
	"github.com/wechatpay-apiv3/wechatpay-go/services/refunddomestic"
	"github.com/wechatpay-apiv3/wechatpay-go/utils"
)

const server = "https://api.mch.weixin.qq.com"

type settings struct {
	Appid, Mchid, V3Key, Mode, Https, Ca string
	Own                                  struct{ Serial, Key string }
	Theirs                               struct{ PublicKeyId, PublicKey string }
}

type peer struct {
	settings
	ctx     context.Context
	client  *core.Client
	handler *notify.Handler
	err     error
}

func main() {
	var s settings
	must(json.Unmarshal([]byte(os.Getenv("PEER_SETTINGS")), &s))
	p := &peer{settings: s, ctx: context.Background()}
	directHere(s)
	p.err = p.open()
	lines := bufio.NewReader(os.Stdin)
	for {
		line, err := lines.ReadString('\n')
		if err != nil {
			return
		}
		operation, query, _ := strings.Cut(strings.TrimSpace(line), "?")
		fields, err := url.ParseQuery(query)
		must(err)
		fmt.Println(p.seen(operation, fields))
	}
}

// Sends what goes to WeChat Pay's hosts to this machine; names and certificates are checked as ever.
func directHere(s settings) {
	ca, err := os.ReadFile(s.Ca)
	must(err)
	pool := x509.NewCertPool()
	pool.AppendCertsFromPEM(ca)
	here, err := url.Parse(s.Https)
	must(err)
	http.DefaultTransport = &http.Transport{
		TLSClientConfig: &tls.Config{RootCAs: pool},
		DialContext: func(ctx context.Context, network, _ string) (net.Conn, error) {
			return (&net.Dialer{}).DialContext(ctx, network, "127.0.0.1:"+here.Port())
		},
	}
}

// The three ways of the SDK to verify: certificates that it fetches, the public key, and both for notices.
func (p *peer) open() error {
	key, err := utils.LoadPrivateKeyWithPath(p.Own.Key)
	must(err)
	publicKey, err := utils.LoadPublicKeyWithPath(p.Theirs.PublicKey)
	must(err)
	verifier, way, err := p.wayOf(key, publicKey)
	if err != nil {
		return err
	}
	if p.handler, err = notify.NewRSANotifyHandler(p.V3Key, verifier); err != nil {
		return err
	}
	p.client, err = core.NewClient(p.ctx, way)
	return err
}

func (p *peer) wayOf(key *rsa.PrivateKey, publicKey *rsa.PublicKey) (auth.Verifier, core.ClientOption, error) {
	byPublicKey := option.WithWechatPayPublicKeyAuthCipher(p.Mchid, p.Own.Serial, key, p.Theirs.PublicKeyId, publicKey)
	if p.Mode == "public-key" {
		return verifiers.NewSHA256WithRSAPubkeyVerifier(p.Theirs.PublicKeyId, *publicKey), byPublicKey, nil
	}
	manager := downloader.MgrInstance()
	if err := manager.RegisterDownloaderWithPrivateKey(p.ctx, key, p.Own.Serial, p.Mchid, p.V3Key); err != nil {
		return nil, nil, err
	}
	visitor := manager.GetCertificateVisitor(p.Mchid)
	if p.Mode == "switching" {
		return verifiers.NewSHA256WithRSACombinedVerifier(visitor, p.Theirs.PublicKeyId, *publicKey), byPublicKey, nil
	}
	way := option.WithWechatPayAutoAuthCipher(p.Mchid, p.Own.Serial, key, p.V3Key)
	return verifiers.NewSHA256WithRSAVerifier(visitor), way, nil
}

// What the user of the SDK sees, as one line.
func (p *peer) seen(operation string, fields url.Values) string {
	if operation == "clock" {
		return ""
	}
	if p.err != nil {
		return refused(p.err)
	}
	answer, err := p.call(operation, fields)
	if err != nil {
		return refused(err)
	}
	text, err := json.Marshal(answer)
	must(err)
	var value interface{}
	must(json.Unmarshal(text, &value))
	flat := url.Values{}
	flatten(value, "", flat)
	return flat.Encode()
}

func refused(err error) string {
	reason := err.Error()
	var known *core.APIError
	if errors.As(err, &known) {
		reason = known.Code
	}
	return url.Values{"refused": {strings.ReplaceAll(reason, "\n", " ")}}.Encode()
}

func flatten(value interface{}, path string, into url.Values) {
	switch part := value.(type) {
	case map[string]interface{}:
		for name, member := range part {
			flatten(member, strings.TrimPrefix(path+"."+name, "."), into)
		}
	case []interface{}:
		for index, member := range part {
			flatten(member, strings.TrimPrefix(fmt.Sprintf("%s.%d", path, index), "."), into)
		}
	case float64:
		into.Set(path, fmt.Sprintf("%.0f", part))
	case nil:
	default:
		if path != "" {
			into.Set(path, fmt.Sprint(part))
		}
	}
}

func (p *peer) call(operation string, fields url.Values) (interface{}, error) {
	number, body := fields.Get("out_trade_no"), []byte(fields.Get("body"))
	orders := native.NativeApiService{Client: p.client}
	refunds := refunddomestic.RefundsApiService{Client: p.client}
	switch operation {
	case "certificates":
		return p.raw(p.client.Get(p.ctx, server+"/v3/certificates"))
	case "order":
		return p.order(fields.Get("product"), body)
	case "query":
		request := native.QueryOrderByOutTradeNoRequest{OutTradeNo: core.String(number), Mchid: core.String(p.Mchid)}
		answer, _, err := orders.QueryOrderByOutTradeNo(p.ctx, request)
		return answer, err
	case "queryById":
		id := core.String(fields.Get("transaction_id"))
		request := native.QueryOrderByIdRequest{TransactionId: id, Mchid: core.String(p.Mchid)}
		answer, _, err := orders.QueryOrderById(p.ctx, request)
		return answer, err
	case "close":
		request := native.CloseOrderRequest{OutTradeNo: core.String(number), Mchid: core.String(p.Mchid)}
		_, err := orders.CloseOrder(p.ctx, request)
		return struct{}{}, err
	case "refund":
		var request refunddomestic.CreateRequest
		must(json.Unmarshal(body, &request))
		answer, _, err := refunds.Create(p.ctx, request)
		return answer, err
	case "refundQuery":
		request := refunddomestic.QueryByOutRefundNoRequest{OutRefundNo: core.String(fields.Get("out_refund_no"))}
		answer, _, err := refunds.QueryByOutRefundNo(p.ctx, request)
		return answer, err
	case "notice":
		return p.notice(fields.Get("headers"), string(body))
	}
	return p.combined(operation, fields)
}

// It has no service for combined orders, so these go through its client as they are.
func (p *peer) combined(operation string, fields url.Values) (interface{}, error) {
	base := server + "/v3/combine-transactions/"
	one := base + "out-trade-no/" + fields.Get("out_trade_no")
	switch operation {
	case "combine":
		return p.raw(p.client.Post(p.ctx, base+fields.Get("product"), json.RawMessage(fields.Get("body"))))
	case "combineQuery":
		return p.raw(p.client.Get(p.ctx, one))
	case "combineClose":
		parts := json.RawMessage(fields.Get("parts"))
		body := map[string]interface{}{"combine_appid": p.Appid, "sub_orders": parts}
		return p.raw(p.client.Post(p.ctx, one+"/close", body))
	}
	return map[string]string{"lacks": operation}, nil
}

func (p *peer) order(product string, body []byte) (answer interface{}, err error) {
	switch product {
	case "native":
		var request native.PrepayRequest
		if err = json.Unmarshal(body, &request); err == nil {
			answer, _, err = (&native.NativeApiService{Client: p.client}).Prepay(p.ctx, request)
		}
	case "h5":
		var request h5.PrepayRequest
		if err = json.Unmarshal(body, &request); err == nil {
			answer, _, err = (&h5.H5ApiService{Client: p.client}).Prepay(p.ctx, request)
		}
	case "jsapi":
		var request jsapi.PrepayRequest
		if err = json.Unmarshal(body, &request); err == nil {
			answer, _, err = (&jsapi.JsapiApiService{Client: p.client}).PrepayWithRequestPayment(p.ctx, request)
		}
	case "app":
		var request app.PrepayRequest
		if err = json.Unmarshal(body, &request); err == nil {
			answer, _, err = (&app.AppApiService{Client: p.client}).Prepay(p.ctx, request)
		}
	}
	var mistyped *json.UnmarshalTypeError
	if errors.As(err, &mistyped) {
		return map[string]string{"lacks": "a way to say " + mistyped.Value}, nil
	}
	return answer, err
}

func (p *peer) notice(headers, body string) (interface{}, error) {
	var sent map[string]string
	must(json.Unmarshal([]byte(headers), &sent))
	request, err := http.NewRequest("POST", "/notify", strings.NewReader(body))
	must(err)
	for name, value := range sent {
		request.Header.Set(name, value)
	}
	content := map[string]interface{}{}
	if _, err := p.handler.ParseNotifyRequest(p.ctx, request, &content); err != nil {
		return nil, err
	}
	content["serial"] = request.Header.Get("Wechatpay-Serial")
	return content, nil
}

func (p *peer) raw(result *core.APIResult, err error) (interface{}, error) {
	if err != nil {
		return nil, err
	}
	text, err := io.ReadAll(result.Response.Body)
	if err != nil || len(text) == 0 {
		return struct{}{}, err
	}
	return json.RawMessage(text), nil
}

func must(err error) {
	if err != nil {
		panic(err)
	}
}
