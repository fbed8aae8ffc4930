using Seal.Testing;

namespace Seal.EventModel.Tests.Http;

/// <summary>The signed documents that scenarios name: what the scenario's first signing sealed, fetched from the service, and what became of it.</summary>
public static class SignedFiles
{
    // Who seals PDFs in these scenarios, and has them renewed; and who seals OFDs.
    private const string Holder = "wang-fang";
    private const string Representative = "zhang-wei";

    /// <summary>Their names.</summary>
    public static IReadOnlyCollection<string> Names { get; } = ["sealed.pdf", "sealed.ofd", "renewed.pdf", "altered.pdf"];

    /// <summary>A file as its name says, signed or not; <c>null</c> for one that nobody uploads.</summary>
    public static async Task<byte[]?> NamedAsync(string name, ApiClient client, HttpWorld world) => name switch
    {
        "sealed.pdf" => await FetchAsync(Holder, "document", client, world),
        "sealed.ofd" => await FetchAsync(Representative, "document", client, world),
        "renewed.pdf" => await FetchAsync(Holder, "renewed-document", client, world),
        "altered.pdf" => Altered(await FetchAsync(Holder, "document", client, world)),
        _ => DocumentFiles.Named(name),
    };

    private static async Task<byte[]> FetchAsync(string account, string what, ApiClient client, HttpWorld world) =>
        world.Fetched.TryGetValue(what, out var fetched) ? fetched : world.Fetched[what] = await client.DownloadAsync(account, $"/api/signings/{world.Key("signing")}/{what}");

    /// <summary>Another version in the file's first line: every reader reads on, and the signature covers it.</summary>
    private static byte[] Altered(byte[] file)
    {
        byte[] altered = [.. file];
        altered["%PDF-1.".Length] ^= 1;
        return altered;
    }
}
