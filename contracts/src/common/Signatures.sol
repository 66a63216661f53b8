// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";
import {IERC1271} from "@openzeppelin/contracts/interfaces/IERC1271.sol";

/// @title Signatures
/// @notice Says whether an account signed a digest: by its key, or by its contract.
/// @dev The key is tried first. Library functions that branch on code length refuse the plain signature
/// of an account that has delegated code (EIP-7702), although its key still controls it.
library Signatures {
    /// @notice True if `signature` is `signer`'s for `digest`.
    /// @param signer The account that must have signed; the zero address never has.
    /// @param digest The full EIP-712 digest.
    /// @param signature 65 bytes r, s, v with low s, or whatever the signer's ERC-1271 contract accepts.
    /// @return True for a valid signature; a contract that reverts or answers oddly gives false.
    function isValid(address signer, bytes32 digest, bytes calldata signature) internal view returns (bool) {
        if (signature.length == 65) {
            (address recovered, ECDSA.RecoverError problem,) = ECDSA.tryRecoverCalldata(digest, signature);
            if (problem == ECDSA.RecoverError.NoError && recovered == signer) return true;
        }
        return signer.code.length != 0 && _isValidByContract(signer, digest, signature);
    }

    /// @dev ERC-1271; a contract that reverts, runs out of gas or answers anything but the magic value has not signed.
    function _isValidByContract(address signer, bytes32 digest, bytes calldata signature)
        private
        view
        returns (bool valid)
    {
        bytes memory question = abi.encodeCall(IERC1271.isValidSignature, (digest, signature));
        bytes32 magic = IERC1271.isValidSignature.selector;
        assembly ("memory-safe") {
            // a 32-byte window: what a signer returns beyond it is never copied
            let ok := staticcall(gas(), signer, add(question, 0x20), mload(question), 0, 0x20)
            valid := and(ok, and(gt(returndatasize(), 0x1f), eq(mload(0), magic)))
        }
    }
}
