using System.Globalization;
using System.Security.Cryptography;
using System.Xml.Linq;
using Seal.Cryptography.Vault;
using Seal.Domain.MasterKeys;
using Seal.Service.Vault;

namespace Seal.Service.SignIn;

/// <summary>The files of the keys that bearer tokens are made with: they are under the vault's master key, too.</summary>
public sealed class SignInKeys(DirectoryInfo folder, MasterKeyRing keys)
{
    /// <summary>Whether one of them is under a certain master key.</summary>
    public bool AreUnder(MasterKeyId key) => Files().SelectMany(file => Wrapped(XDocument.Load(file))).Any(box => IdOf(box) == key);

    /// <summary>Puts all of them under the present master key. A key that does not open stays as it is: whoever signed in with it signs in again.</summary>
    public void Rewrap()
    {
        foreach (var file in Files())
        {
            var document = XDocument.Load(file);
            var isChanged = false;
            foreach (var element in Elements(document).Where(element => IdOf(Convert.FromBase64String(element.Value)) != keys.Present.Id))
            {
                if (Rewrapped(Convert.FromBase64String(element.Value)) is { } box)
                {
                    element.Value = Convert.ToBase64String(box);
                    isChanged = true;
                }
            }

            if (isChanged)
            {
                // Whole or not at all; the name does not end as those do that the framework reads.
                var temporary = string.Create(CultureInfo.InvariantCulture, $"{file}.{Environment.ProcessId}.new");
                document.Save(temporary);
                File.Move(temporary, file, overwrite: true);
            }
        }
    }

    private byte[]? Rewrapped(byte[] box)
    {
        byte[]? content = null;
        try
        {
            content = WrappedSecret.Open(box, TokenXmlEncryptor.Purpose, keys);
            return WrappedSecret.Seal(content, TokenXmlEncryptor.Purpose, keys.Present.Wrapper);
        }
        catch (CryptographicException)
        {
            return null;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(content);
        }
    }

    private string[] Files() => [.. folder.EnumerateFiles("*.xml").Select(file => file.FullName)];

    private static IEnumerable<XElement> Elements(XDocument document) => document.Descendants("wrapped");

    private static IEnumerable<byte[]> Wrapped(XDocument document) => Elements(document).Select(element => Convert.FromBase64String(element.Value));

    private static MasterKeyId IdOf(byte[] box) => MasterKeyRing.IdOf(WrappedSecret.WrappedKeyOf(box));
}
