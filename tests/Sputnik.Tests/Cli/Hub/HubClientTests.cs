using Sputnik.Cli;
using Sputnik.Tests.Cli.Pulling;

namespace Sputnik.Tests.Cli.Hub;

public sealed class HubClientTests : IDisposable
{
    private const string Name = LocalHub.Repository + ":model.gguf";

    private readonly PullFixture _at = new();

    public HubClientTests() => _at.Hub.Files["model.gguf"] = PullFixture.Content(2_500, 1);

    public void Dispose() => _at.Dispose();

    [Theory]
    [InlineData(401, "HF_TOKEN")]
    [InlineData(403, "Accept the terms")]
    [InlineData(404, "check the name")]
    [InlineData(418, "418")]
    public async Task A_refusal_is_told_at_once_and_with_a_way_out(int status, string said)
    {
        _at.Hub.Before = _ => new(status);

        HubException error = await Assert.ThrowsAsync<HubException>(() => _at.Pull(Name));

        Assert.Contains(said, error.Message, StringComparison.Ordinal);
        Assert.Equal(ExitCode.CallersFault, CommandLine.CodeOf(error));
        Assert.Single(_at.Hub.Requests);
        Assert.Empty(_at.Time.Waits);
    }

    [Fact]
    public async Task A_busy_hub_is_waited_for_as_long_as_it_asks()
    {
        int refusals = 2;
        _at.Hub.Before = _ => Interlocked.Decrement(ref refusals) >= 0 ? new(429) { Headers = { ["Retry-After"] = "17" } } : null;

        await _at.Pull(Name);

        Assert.Equal([TimeSpan.FromSeconds(17), TimeSpan.FromSeconds(17)], _at.Time.Waits);
        Assert.All(_at.Steps.Waits, why => Assert.Contains("429", why, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_hub_that_asks_for_an_hour_is_not_waited_for()
    {
        _at.Hub.Before = _ => new(429) { Headers = { ["Retry-After"] = "3600" } };

        HubException error = await Assert.ThrowsAsync<HubException>(() => _at.Pull(Name));

        Assert.Contains("3600 s", error.Message, StringComparison.Ordinal);
        Assert.Empty(_at.Time.Waits);
    }

    [Fact]
    public async Task A_hub_in_trouble_is_given_up_after_five_attempts()
    {
        _at.Hub.Before = _ => new(502);

        HubException error = await Assert.ThrowsAsync<HubException>(() => _at.Pull(Name));

        Assert.Contains("502", error.Message, StringComparison.Ordinal);
        Assert.Equal(5, _at.Hub.Requests.Count);
        Assert.Equal([1, 2, 4, 8], _at.Time.Waits.Select(wait => (int)wait.TotalSeconds));
    }

    [Fact]
    public async Task A_redirect_to_another_path_is_followed_with_the_token()
    {
        _at.Token = "hf_secret";
        _at.Hub.Before = request =>
        {
            const string Moved = "/moved";
            return request.Path.StartsWith(Moved, StringComparison.Ordinal) ? _at.Hub.FileReply(request)
                : request.Path.Contains("/resolve/", StringComparison.Ordinal) ? new(307) { Headers = { ["Location"] = Moved + request.Path } }
                : null;
        };

        await _at.Pull(Name);

        Assert.Equal(_at.Hub.Files["model.gguf"], _at.Read("model.gguf"));
        Assert.All(_at.Hub.Requests, request => Assert.Equal("Bearer hf_secret", request.Headers["Authorization"]));
    }

    [Fact]
    public async Task A_redirect_to_another_server_is_followed_without_the_token()
    {
        using LocalHub other = new();
        other.Files["model.gguf"] = _at.Hub.Files["model.gguf"];
        _at.Token = "hf_secret";
        _at.Hub.Before = request => request.Path.Contains("/resolve/", StringComparison.Ordinal)
            ? new(302) { Headers = { ["Location"] = new Uri(other.Endpoint, request.Path).AbsoluteUri } }
            : null;

        await _at.Pull(Name);

        Assert.NotEmpty(other.Requests);
        Assert.DoesNotContain(other.Requests, request => request.Headers.ContainsKey("Authorization"));
        Assert.All(_at.Hub.Requests, request => Assert.True(request.Headers.ContainsKey("Authorization")));
    }

    [Theory]
    [InlineData("/again", "more than 10 times")]
    [InlineData("file:///etc/passwd", "not followed")]
    public async Task A_redirect_that_leads_nowhere_is_not_followed(string location, string said)
    {
        _at.Hub.Before = _ => new(302) { Headers = { ["Location"] = location } };

        HubException error = await Assert.ThrowsAsync<HubException>(() => _at.Pull(Name));

        Assert.Contains(said, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Packed_lists_and_lists_of_several_pages_are_read()
    {
        _at.Hub.Files["b/other.gguf"] = [1];
        _at.Hub.Files["c/model.gguf"] = [2];
        _at.Hub.PacksLists = true;
        _at.Hub.PageSize = 1;

        PullReport report = await _at.Pull(LocalHub.Repository + ":*.gguf");

        Assert.Equal(["model.gguf", "b/other.gguf", "c/model.gguf"], report.Files.Select(file => file.Path));
        Assert.DoesNotContain(_at.Hub.Loads, request => request.Headers["Accept-Encoding"] != "identity");
    }

    [Theory]
    [InlineData("<html>", "check --endpoint")]
    [InlineData("null", "null is no answer")]
    [InlineData("{\"sha\": \"../..\"}", "not a commit")]
    public async Task Something_else_than_a_hub_is_recognised(string body, string said)
    {
        _at.Hub.Before = _ => new(200, System.Text.Encoding.UTF8.GetBytes(body));

        InvalidDataException error = await Assert.ThrowsAsync<InvalidDataException>(() => _at.Pull(Name));

        Assert.Contains(said, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_of_another_size_than_listed_is_not_taken()
    {
        _at.Hub.Before = request => request.Path.Contains("/resolve/", StringComparison.Ordinal)
            ? new(206, [1]) { Headers = { ["Content-Range"] = "bytes 0-0/99999" } }
            : null;

        HubException error = await Assert.ThrowsAsync<HubException>(() => _at.Pull(Name));

        Assert.Contains("of 2500 were asked for", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ftp://hub", null, "is no hub")]
    [InlineData("hub", null, "is no hub")]
    [InlineData("http://hub.example", "hf_x", "in the clear")]
    [InlineData(null, "two words", "no token has")]
    public void Settings_that_cannot_work_are_refused(string? endpoint, string? token, string said)
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() => HubSettings.Of(endpoint, token, static _ => null));

        Assert.Contains(said, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Settings_come_from_options_then_the_environment_then_the_public_hub()
    {
        Assert.Equal("https://huggingface.co/", HubSettings.Of(null, null, static _ => null).Endpoint.AbsoluteUri);
        Assert.Equal("https://mirror/hub/", HubSettings.Of(null, null, static name => name == "HF_ENDPOINT" ? "https://mirror/hub" : null).Endpoint.AbsoluteUri);
        HubSettings named = HubSettings.Of("https://mine", "given", static _ => "https://other");
        Assert.Equal(("https://mine/", "given"), (named.Endpoint.AbsoluteUri, named.Token));
    }
}
