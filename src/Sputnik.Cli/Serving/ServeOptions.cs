using System.CommandLine;
using Sputnik.Server;

namespace Sputnik.Cli;

/// <summary>The options of <c>serve</c> that are the server's own.</summary>
internal sealed class ServeOptions
{
    private static readonly ServerOptions Defaults = new();

    private readonly Option<string> _host = new("--host") { Description = "Address to listen on. Others than loopback need a key, and TLS or a proxy.", DefaultValueFactory = _ => Defaults.Host };
    private readonly Option<int> _port = new("--port", "-p") { Description = "Port; 0 takes a free one.", DefaultValueFactory = _ => Defaults.Port };
    private readonly Option<string[]> _keys = new("--api-key") { Description = "A key that may do everything. May be given often; better: sputnik keys add.", HelpName = "KEY", DefaultValueFactory = _ => [] };
    private readonly Option<string?> _keyFile = new("--api-key-file") { Description = "File with such keys, one a line.", HelpName = "FILE" };
    private readonly Option<string?> _certificate = new("--tls-cert") { Description = "Certificate for TLS.", HelpName = "PEM" };
    private readonly Option<string?> _certificateKey = new("--tls-key") { Description = "Its private key.", HelpName = "PEM" };
    private readonly Option<bool> _proxy = new("--behind-proxy") { Description = "A proxy in front speaks TLS; a key is needed then, on loopback too." };
    private readonly Option<string[]> _hosts = new("--allowed-host") { Description = "A name this server may be called by; a key is needed then. May be given often.", HelpName = "NAME", DefaultValueFactory = _ => [] };
    private readonly Option<bool> _noPage = new("--no-page") { Description = "Without the web page." };
    private readonly Option<string?> _runs = new("--runs") { Description = "Folder of training runs that the page shows. Default: runs, where it is there.", HelpName = "DIR" };
    private readonly Option<string> _reasoning = new("--reasoning-field") { Description = "What the thinking is called in OpenAI's dialect.", DefaultValueFactory = _ => "both" };
    private readonly Option<int> _queueTime = CommonOptions.AtLeast(1, new Option<int>("--queue-time") { Description = "Seconds a request may wait before it is begun; then it gets 503.", DefaultValueFactory = _ => (int)Defaults.QueueTime.TotalSeconds });
    private readonly Option<double> _price = CommonOptions.Price();
    private readonly PriceOptions _apiPrice = new();
    private readonly Option<Uri?> _collector = new("--otlp-endpoint")
    {
        Description = $"OpenTelemetry collector that traces are sent to, OTLP over HTTP. Default: {CollectorVariable}, else none.",
        HelpName = "URL",
        CustomParser = result => Uri.TryCreate(result.Tokens[0].Value, UriKind.RelativeOrAbsolute, out Uri? uri) ? uri : null,
    };

    // OpenTelemetry's own name.
    private const string CollectorVariable = "OTEL_EXPORTER_OTLP_ENDPOINT";

    public ServeOptions() => _reasoning.AcceptOnlyFromAmong("both", "reasoning_content", "reasoning");

    public void AddTo(Command command)
    {
        foreach (Option option in (Option[])[_host, _port, _keys, _keyFile, _certificate, _certificateKey, _proxy, _hosts, _noPage, _runs, _reasoning, _queueTime, _price, _collector])
        {
            command.Options.Add(option);
        }

        _apiPrice.AddTo(command);
    }

    public ServerOptions Read(ParseResult parsed) => Defaults with
    {
        Host = parsed.GetValue(_host) ?? Defaults.Host,
        Port = parsed.GetValue(_port),
        ApiKeys = [.. parsed.GetValue(_keys) ?? [], .. parsed.GetValue(_keyFile) is { } file ? KeyFile.Read(file) : []],
        TlsCertificate = parsed.GetValue(_certificate),
        TlsKey = parsed.GetValue(_certificateKey),
        BehindProxy = parsed.GetValue(_proxy),
        AllowedHosts = parsed.GetValue(_hosts) ?? [],
        Page = !parsed.GetValue(_noPage),
        Runs = parsed.GetValue(_runs) ?? (Directory.Exists("runs") ? "runs" : null),
        Reasoning = parsed.GetValue(_reasoning) switch
        {
            "reasoning_content" => ReasoningField.ReasoningContent,
            "reasoning" => ReasoningField.Reasoning,
            _ => ReasoningField.Both,
        },
        QueueTime = TimeSpan.FromSeconds(parsed.GetValue(_queueTime)),
        PricePerCoreHour = parsed.GetValue(_price),
        ApiPrice = _apiPrice.Read(parsed),
        TraceCollector = parsed.GetValue(_collector) ?? (Environment.GetEnvironmentVariable(CollectorVariable) is { Length: > 0 } url ? new Uri(url, UriKind.RelativeOrAbsolute) : null),
    };
}
