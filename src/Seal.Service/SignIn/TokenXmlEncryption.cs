using System.Text;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;
using Seal.Cryptography.Vault;

namespace Seal.Service.SignIn;

/// <summary>Keeps the keys that bearer tokens are made with under the token's master key: a copy of the data folder makes no tokens.</summary>
public sealed class TokenXmlEncryptor(ISecretWrapper wrapper) : IXmlEncryptor
{
    internal static readonly byte[] Purpose = Encoding.UTF8.GetBytes("sign-in-key");

    /// <inheritdoc/>
    public EncryptedXmlInfo Encrypt(XElement plaintextElement)
    {
        ArgumentNullException.ThrowIfNull(plaintextElement);
        var content = WrappedSecret.Seal(Encoding.UTF8.GetBytes(plaintextElement.ToString(SaveOptions.DisableFormatting)), Purpose, wrapper);
        return new EncryptedXmlInfo(new XElement("wrapped", Convert.ToBase64String(content)), typeof(TokenXmlDecryptor));
    }
}

/// <summary>Opens them again. The framework makes it by name, with the services at hand.</summary>
public sealed class TokenXmlDecryptor(IServiceProvider services) : IXmlDecryptor
{
    /// <inheritdoc/>
    public XElement Decrypt(XElement encryptedElement)
    {
        ArgumentNullException.ThrowIfNull(encryptedElement);
        var wrapper = services.GetRequiredService<ISecretWrapper>();
        return XElement.Parse(Encoding.UTF8.GetString(WrappedSecret.Open(Convert.FromBase64String(encryptedElement.Value), TokenXmlEncryptor.Purpose, wrapper)));
    }
}
