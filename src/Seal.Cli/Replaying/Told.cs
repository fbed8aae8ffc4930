namespace Seal.Cli.Replaying;

/// <summary>A sentence in both languages.</summary>
internal readonly record struct Told(string Zh, string En)
{
    public string In(bool chinese) => chinese ? Zh : En;
}
