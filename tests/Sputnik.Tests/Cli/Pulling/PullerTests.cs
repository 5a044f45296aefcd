using System.Text;
using Sputnik.Cli;
using Sputnik.Tests.Cli.Hub;

namespace Sputnik.Tests.Cli.Pulling;

public sealed class PullerTests : IDisposable
{
    private readonly PullFixture _at = new();

    public void Dispose() => _at.Dispose();

    [Fact]
    public async Task A_model_comes_with_what_it_needs_and_nothing_else()
    {
        byte[] config = "{}"u8.ToArray();
        byte[] weights = PullFixture.Content(10_500, 1);
        _at.Hub.Files["config.json"] = config;
        _at.Hub.Files["model.safetensors"] = weights;
        _at.Hub.Files["README.md"] = [1];
        _at.Hub.Files["onnx/model.safetensors"] = [2];

        PullReport report = await _at.Pull(LocalHub.Repository);

        Assert.Equal(["config.json", "model.safetensors"], report.Files.Select(file => file.Path));
        Assert.Equal(LocalHub.Commit, report.Revision);
        Assert.Equal(config, _at.Read("config.json"));
        Assert.Equal(weights, _at.Read("model.safetensors"));
        Assert.Equal(["config.json", "model.safetensors", ModelManifest.FileName], Directory.GetFiles(_at.Folder).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        ModelManifest manifest = Assert.IsType<ModelManifest>(ModelManifest.Read(_at.Folder));
        Assert.Empty(manifest.Missing);
        Assert.Equal(report.Files, manifest.Files);
        Assert.Equal(InstantTime.Now, manifest.PulledAt);
        Assert.Equal((weights.Length + config.Length, weights.Length + config.Length), (_at.Steps.ToCome, _at.Steps.Came));
    }

    [Fact]
    public async Task A_large_file_comes_in_ranges_that_cover_it_once()
    {
        _at.Hub.Files["model.gguf"] = PullFixture.Content(10_500, 1);

        await _at.Pull(LocalHub.Repository + ":model.gguf");

        (long From, long To)[] ranges = [.. _at.Hub.Loads.Select(request => request.Range).OfType<(long From, long To)>().Where(range => range.To > 0).Order()];
        Assert.Equal(11, ranges.Length);
        Assert.Equal(0, ranges[0].From);
        Assert.Equal(10_499, ranges[^1].To);
        Assert.All(ranges.Zip(ranges.Skip(1)), pair => Assert.Equal(pair.First.To + 1, pair.Second.From));
    }

    [Fact]
    public async Task A_connection_that_is_cut_is_taken_up_where_it_was()
    {
        byte[] weights = PullFixture.Content(5_000, 1);
        _at.Hub.Files["model.gguf"] = weights;
        int cuts = 3;
        _at.Hub.Before = request => request.Range is (var from, > 0) && from < 1000 && Interlocked.Decrement(ref cuts) >= 0
            ? _at.Hub.FileReply(request) with { CutAfter = 100 }
            : null;

        await _at.Pull(LocalHub.Repository + ":model.gguf");

        Assert.Equal(weights, _at.Read("model.gguf"));
        Assert.Contains(_at.Hub.Loads, request => request.Range == (300, 999));
        Assert.Equal(weights.Length, _at.Steps.Came);
    }

    [Fact]
    public async Task A_pull_that_was_given_up_goes_on_in_the_next_run()
    {
        byte[] weights = PullFixture.Content(5_000, 1);
        _at.Hub.Files["model.gguf"] = weights;
        _at.Hub.Before = request => request.Range is (var from, > 0) && from >= 3000 ? new(503) : null;

        HubException error = await Assert.ThrowsAsync<HubException>(() => _at.Pull(LocalHub.Repository + ":model.gguf"));
        StoredModel between = new(_at.Folder, Assert.IsType<ModelManifest>(ModelManifest.Read(_at.Folder)));
        ArgumentException notWhole = Assert.Throws<ArgumentException>(() => between.ToOpen(null));
        long first = _at.Steps.Came;
        _at.Hub.Before = static _ => null;
        _at.Hub.Requests.Clear();
        PullReport report = await _at.Pull(LocalHub.Repository + ":model.gguf");

        Assert.Contains("503", error.Message, StringComparison.Ordinal);
        Assert.Contains("sputnik pull maker/model:model.gguf", notWhole.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(_at.Folder, "model.gguf.part")));
        Assert.Equal(weights, _at.Read("model.gguf"));
        Assert.Equal(weights.Length - first, report.BytesLoaded);
        Assert.True(first > 0);
        Assert.Equal(report.BytesLoaded, _at.Hub.Loads.Where(request => request.Range is (_, > 0)).Sum(request => request.Range is var (from, to) ? to - from + 1 : 0));
    }

    [Fact]
    public async Task Cancelled_it_leaves_parts_from_which_it_goes_on()
    {
        byte[] weights = PullFixture.Content(5_000, 1);
        _at.Hub.Files["model.gguf"] = weights;
        _at.Hub.Before = request => request.Range is (var from, > 0) && from >= 2000 ? _at.Hub.FileReply(request) with { CutAfter = 10, Hangs = true } : null;
        using CancellationTokenSource stop = new();
        _at.Steps.OnMoved = came =>
        {
            if (came >= 2020)
            {
                stop.Cancel();
            }
        };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _at.Pull(LocalHub.Repository + ":model.gguf", stop.Token));
        _at.Steps.OnMoved = static _ => { };
        _at.Hub.Before = static _ => null;
        PullReport report = await _at.Pull(LocalHub.Repository + ":model.gguf");

        Assert.True(report.BytesLoaded <= weights.Length - 2020, $"{report.BytesLoaded} bytes came again.");
        Assert.Equal(weights, _at.Read("model.gguf"));
    }

    [Fact]
    public async Task A_server_without_ranges_is_read_in_one_stream_from_the_start()
    {
        byte[] weights = PullFixture.Content(5_000, 1);
        _at.Hub.Files["model.gguf"] = weights;
        _at.Hub.GivesRanges = false;
        int cuts = 1;
        _at.Hub.Before = request => request.Path.Contains("/resolve/", StringComparison.Ordinal) && request.Range is null && Interlocked.Decrement(ref cuts) >= 0
            ? _at.Hub.FileReply(request) with { CutAfter = 3_210 }
            : null;

        await _at.Pull(LocalHub.Repository + ":model.gguf");

        Assert.Equal(weights, _at.Read("model.gguf"));
        Assert.Equal(weights.Length, _at.Steps.Came);
        Assert.Equal([TimeSpan.FromSeconds(1)], _at.Time.Waits);
    }

    [Theory]
    [InlineData("model.gguf", "SHA-256")]
    [InlineData("config.json", "Git's SHA-1")]
    public async Task Content_with_another_hash_is_thrown_away_and_nothing_else(string path, string named)
    {
        byte[] mine = [7, 7, 7];
        _at.Hub.Files[path] = mine;
        await _at.Pull($"{LocalHub.Repository}:{path}");
        _at.Hub.Files[path] = PullFixture.Content(2_500, 1);
        _at.Hub.WrongHashes[path] = new string('b', path == "model.gguf" ? 64 : 40);

        InvalidDataException error = await Assert.ThrowsAsync<InvalidDataException>(() => _at.Pull($"{LocalHub.Repository}:{path}"));

        Assert.Contains(named, error.Message, StringComparison.Ordinal);
        Assert.Contains("pull again", error.Message, StringComparison.Ordinal);
        Assert.Equal(mine, _at.Read(path));
        Assert.Empty(Directory.GetFiles(_at.Folder, "*.part*"));
        Assert.Equal([path, path], _at.Steps.Checked);
        Assert.Equal([path], _at.Steps.Done);
    }

    [Fact]
    public async Task An_older_model_is_whole_until_all_of_the_newer_one_is_here()
    {
        _at.Hub.Files["config.json"] = "{}"u8.ToArray();
        _at.Hub.Files["model.safetensors"] = PullFixture.Content(1_500, 1);
        await _at.Pull(LocalHub.Repository);
        _at.Hub.Files["config.json"] = "{\"newer\": 1}"u8.ToArray();
        _at.Hub.Files["model.safetensors"] = PullFixture.Content(1_500, 2);
        _at.Hub.Before = request => request.Path.EndsWith("/model.safetensors", StringComparison.Ordinal) ? new(500) : null;

        await Assert.ThrowsAsync<HubException>(() => _at.Pull(LocalHub.Repository));
        StoredModel between = new(_at.Folder, Assert.IsType<ModelManifest>(ModelManifest.Read(_at.Folder)));
        byte[] config = _at.Read("config.json");
        _at.Hub.Before = static _ => null;
        await _at.Pull(LocalHub.Repository);

        Assert.Equal(_at.Folder, between.ToOpen(null));
        Assert.Equal("{}"u8.ToArray(), config);
        Assert.Equal(_at.Hub.Files["config.json"], _at.Read("config.json"));
        Assert.Equal(_at.Hub.Files["model.safetensors"], _at.Read("model.safetensors"));
        Assert.Equal(3, Directory.GetFiles(_at.Folder).Length);
    }

    [Fact]
    public async Task A_file_of_the_users_own_is_not_written_over()
    {
        byte[] mine = "{\"mine\": 1}"u8.ToArray();
        _at.Write("config.json", mine);
        _at.Hub.Files["config.json"] = "{}"u8.ToArray();

        ArgumentException error = await Assert.ThrowsAsync<ArgumentException>(() => _at.Pull(LocalHub.Repository + ":config.json"));

        Assert.Contains("was not pulled by Sputnik", error.Message, StringComparison.Ordinal);
        Assert.Equal(mine, _at.Read("config.json"));
    }

    [Fact]
    public async Task What_is_here_does_not_come_again()
    {
        byte[] weights = PullFixture.Content(5_000, 1);
        _at.Hub.Files["model.gguf"] = weights;
        _at.Write("model.gguf", weights);

        PullReport report = await _at.Pull(LocalHub.Repository + ":model.gguf");

        Assert.Equal(0, report.BytesLoaded);
        Assert.Empty(_at.Hub.Loads);
        Assert.Equal(weights.Length, Assert.Single(report.Files).Size);
    }

    [Fact]
    public async Task A_full_disk_is_seen_before_anything_is_loaded()
    {
        _at.Hub.Files["model.gguf"] = PullFixture.Content(5_000, 1);
        _at.FreeBytes = 4_000;

        IOException error = await Assert.ThrowsAsync<IOException>(() => _at.Pull(LocalHub.Repository + ":model.gguf"));

        Assert.Contains("make room", error.Message, StringComparison.Ordinal);
        Assert.Empty(_at.Hub.Loads);
    }

    [Theory]
    [InlineData("../evil.gguf")]
    [InlineData("a/../../evil.gguf")]
    [InlineData("/etc/evil.gguf")]
    [InlineData("a\\..\\evil.gguf")]
    [InlineData("C:evil.gguf")]
    [InlineData("a//evil.gguf")]
    [InlineData("nul.gguf")]
    [InlineData("evil\u001b[2J.gguf")]
    public async Task A_name_that_leads_out_of_the_folder_is_refused(string path)
    {
        _at.Hub.Files[path] = [1];

        InvalidDataException error = await Assert.ThrowsAsync<InvalidDataException>(() => _at.Pull(LocalHub.Repository + ":*.gguf"));

        Assert.Contains("nothing was loaded", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', error.Message);
        Assert.Empty(Directory.GetFileSystemEntries(_at.Outside));
    }

    [Fact]
    public async Task A_split_set_comes_whole_and_opens_by_its_first_file()
    {
        _at.Hub.Files["Q4/m-Q4_K_M-00002-of-00002.gguf"] = PullFixture.Content(1_500, 2);
        _at.Hub.Files["Q4/m-Q4_K_M-00001-of-00002.gguf"] = PullFixture.Content(1_500, 1);
        _at.Hub.Files["m-Q8_0.gguf"] = [3];

        PullReport report = await _at.Pull(LocalHub.Repository + ":q4_k_m");

        Assert.Equal(["Q4/m-Q4_K_M-00001-of-00002.gguf", "Q4/m-Q4_K_M-00002-of-00002.gguf"], report.Files.Select(file => file.Path));
        string opened = new StoredModel(_at.Folder, Assert.IsType<ModelManifest>(ModelManifest.Read(_at.Folder))).ToOpen(null);
        Assert.Equal(Path.Combine(_at.Folder, "Q4", "m-Q4_K_M-00001-of-00002.gguf"), opened);
        Assert.True(File.Exists(opened));
    }

    [Fact]
    public async Task An_empty_file_is_a_file()
    {
        _at.Hub.Files["config.json"] = Encoding.UTF8.GetBytes("");

        await _at.Pull(LocalHub.Repository + ":config.json");

        Assert.Empty(_at.Read("config.json"));
    }
}
