using System.Security.Cryptography;
using System.Text.Json;
using Sputnik.Tests.Laws;

namespace Sputnik.Tests.Server;

/// <summary>The libraries of the page are what their authors published, and each stands beside its licence.</summary>
public sealed class VendoredFilesTests
{
    private static readonly string Vendor = Path.Combine(Repository.Root, "src/Sputnik.Server/wwwroot/vendor");

    private static readonly string[] Ours = ["checksums.json", ".gitattributes"];

    [Fact]
    public void Every_file_has_the_checksum_written_down()
    {
        IEnumerable<string> changed = Files().Where(file => Checksum(file.Path) != file.Sha256).Select(file => file.Path);

        Assert.Empty(changed);
    }

    [Fact]
    public void Every_file_is_written_down()
    {
        IEnumerable<string> found = Directory.GetFiles(Vendor, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(Vendor, file).Replace('\\', '/'));

        Assert.Equal(Files().Select(file => file.Path).Concat(Ours).Order(StringComparer.Ordinal), found.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_library_has_a_version_a_licence_and_its_text()
    {
        Assert.All(Libraries(), library =>
        {
            string folder = library.GetProperty("folder").GetString()!;
            Assert.Equal($"{library.GetProperty("name").GetString()}-{library.GetProperty("version").GetString()}", folder);
            Assert.NotEmpty(library.GetProperty("licence").GetString()!);
            Assert.EndsWith(".tgz", library.GetProperty("tarball").GetString(), StringComparison.Ordinal);
            Assert.True(new FileInfo(Path.Combine(Vendor, folder, "LICENSE")).Length > 500);
        });
    }

    [Fact]
    public void Only_modules_styles_and_the_smallest_fonts_are_taken()
    {
        IEnumerable<string> others = Files().Select(file => file.Path)
            .Where(path => Path.GetFileName(path) != "LICENSE" && Path.GetExtension(path) is not (".js" or ".mjs" or ".css" or ".woff2"));

        Assert.Empty(others);
    }

    private static JsonElement[] Libraries()
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Vendor, "checksums.json")));
        return [.. document.RootElement.GetProperty("libraries").EnumerateArray().Select(library => library.Clone())];
    }

    private static (string Path, string Sha256)[] Files() =>
    [
        .. from library in Libraries()
           from file in library.GetProperty("files").EnumerateObject()
           select ($"{library.GetProperty("folder").GetString()}/{file.Name}", file.Value.GetString()!),
    ];

    private static string Checksum(string path) => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(Path.Combine(Vendor, path))));
}
