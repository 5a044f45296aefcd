namespace Sputnik.EndToEnd.Tests;

/// <summary>Files of the checkout the tests were built from.</summary>
internal static class Repository
{
    /// <summary>A file or folder by its path from the root.</summary>
    public static string File(string path)
    {
        DirectoryInfo? at = new(AppContext.BaseDirectory);
        while (at is not null && !System.IO.File.Exists(Path.Combine(at.FullName, "Sputnik.slnx")))
        {
            at = at.Parent;
        }

        return Path.Combine((at ?? throw new InvalidOperationException("The tests do not run from a checkout.")).FullName, path);
    }
}
