// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";
import {IERC1271} from "@openzeppelin/contracts/interfaces/IERC1271.sol";
import {SignatureChecker} from "@openzeppelin/contracts/utils/cryptography/SignatureChecker.sol";
import {IChannelHub} from "./IChannelHub.sol";

/// @title VoucherSignatures
/// @notice Who signed a voucher: the key of the payer's authorizer or, without one, the payer, by key or, where it has
/// code, by ERC-1271 alone.
library VoucherSignatures {
    /// @notice What a wallet gets to say whether it signed, where it must not hold up others, in gas units.
    uint256 internal constant WALLET_GAS = 100_000;
    /// @dev More than is spent between looking at what is left and the call.
    uint256 private constant _CALL_GAS = 5000;

    /// @notice Reverts unless a voucher is signed.
    /// @param config Its channel.
    /// @param digest The voucher's.
    /// @param signature What came with it.
    function requireSigned(
        IChannelHub.ChannelConfig calldata config,
        bytes32 digest,
        bytes calldata signature
    ) internal view {
        address authorizer = config.payerAuthorizer;
        if (authorizer != address(0) && _isOfKey(authorizer, digest, signature)) return;
        // what is not plainly good is refused in the library's words
        bool signed = authorizer != address(0)
            ? ECDSA.recoverCalldata(digest, signature) == authorizer
            : SignatureChecker.isValidSignatureNow(config.payer, digest, signature);
        if (!signed) revert IChannelHub.InvalidSignature();
    }

    /// @notice Whether a voucher is signed; a wallet gets `WALLET_GAS` to say so.
    /// @param config Its channel.
    /// @param digest The voucher's.
    /// @param signature What came with it.
    /// @return True if it is. Reverts if the gas does not suffice to ask.
    function isSigned(IChannelHub.ChannelConfig calldata config, bytes32 digest, bytes calldata signature)
        internal
        view
        returns (bool)
    {
        address signer = config.payerAuthorizer;
        if (signer == address(0)) {
            signer = config.payer;
            if (signer.code.length != 0) return _walletSigned(signer, digest, signature);
        }
        (address recovered, ECDSA.RecoverError problem,) = ECDSA.tryRecoverCalldata(digest, signature);
        return problem == ECDSA.RecoverError.NoError && recovered == signer;
    }

    /// @dev Whether it is a key's: 65 bytes, low s.
    function _isOfKey(address signer, bytes32 digest, bytes calldata signature)
        private
        view
        returns (bool valid)
    {
        assembly ("memory-safe") {
            let words := mload(0x40)
            let s := calldataload(add(signature.offset, 0x20))
            if and(
                eq(signature.length, 65),
                iszero(gt(s, 0x7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a0))
            ) {
                mstore(words, digest)
                mstore(add(words, 0x20), byte(0, calldataload(add(signature.offset, 0x40))))
                mstore(add(words, 0x40), calldataload(signature.offset))
                mstore(add(words, 0x60), s)
                mstore(0, 0)
                pop(staticcall(gas(), 1, words, 0x80, 0, 0x20))
                valid := eq(mload(0), signer)
            }
        }
    }

    /// @dev A wallet that reverts, burns its gas or answers oddly has not signed.
    function _walletSigned(address wallet, bytes32 digest, bytes calldata signature)
        private
        view
        returns (bool valid)
    {
        bytes memory question = abi.encodeCall(IERC1271.isValidSignature, (digest, signature));
        bytes32 magic = IERC1271.isValidSignature.selector;
        // a call gets 63/64 of what is left at most (EIP-150)
        if (gasleft() < WALLET_GAS * 64 / 63 + _CALL_GAS) revert IChannelHub.InsufficientGas();
        assembly ("memory-safe") {
            let ok := staticcall(WALLET_GAS, wallet, add(question, 0x20), mload(question), 0, 0x20)
            valid := and(ok, and(gt(returndatasize(), 0x1f), eq(mload(0), magic)))
        }
    }
}
