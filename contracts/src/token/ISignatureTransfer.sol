// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @title ISignatureTransfer
/// @notice That part of Permit2 by which one signature moves one sum once and carries a witness.
/// @dev Trust: Permit2 is immutable and stands at the same address on every chain; whoever approved it moves
/// nothing without a signature.
interface ISignatureTransfer {
    /// @notice What may be moved.
    struct TokenPermissions {
        address token;
        uint256 amount;
    }

    /// @notice What the owner signs, besides the spender and the witness.
    struct PermitTransferFrom {
        TokenPermissions permitted;
        uint256 nonce;
        uint256 deadline;
    }

    /// @notice What the spender asks for.
    struct SignatureTransferDetails {
        address to;
        uint256 requestedAmount;
    }

    /// @notice Moves a sum by the owner's signature; the spender that it names must be the caller.
    /// @param permit What the owner permits.
    /// @param transferDetails Where to, and how much.
    /// @param owner Who signed.
    /// @param witness hashStruct of the witness.
    /// @param witnessTypeString The end of the type that is signed, from the witness member on.
    /// @param signature The owner's signature.
    function permitWitnessTransferFrom(
        PermitTransferFrom calldata permit,
        SignatureTransferDetails calldata transferDetails,
        address owner,
        bytes32 witness,
        string calldata witnessTypeString,
        bytes calldata signature
    ) external;
}
